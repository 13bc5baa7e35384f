// In: a report. Out: the same as JSON text, for programs: one row a line, so that a report of any size can be written, merged
// and searched line by line.
import type { Report } from "./report.ts";

export function* renderJson({ version, files, total }: Report): Generator<string> {
  yield `{"version":${version},"files":[`;
  let separator = "\n";
  for (const file of files) {
    yield `${separator}${JSON.stringify(file)}`;
    separator = ",\n";
  }
  yield `\n],"total":${JSON.stringify(total)}}\n`;
}
