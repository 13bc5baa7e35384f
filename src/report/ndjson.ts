// In: a report. Out: its rows as JSON lines, for DuckDB and pandas.
import type { Report } from "./report.ts";

export function* renderNdjson({ files }: Report): Generator<string> {
  for (const file of files) yield `${JSON.stringify(file)}\n`;
}
