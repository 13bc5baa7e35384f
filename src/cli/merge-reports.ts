// In: reports on parts of the files. Out: the report on all of them: the same rows, sorted, and the sum of the same rows, so it is
// what one run over all files would have said.
import { createHash } from "node:crypto";
import { buildReport } from "../report/build.ts";
import { type FileReport, REPORT_VERSION } from "../report/report.ts";
import type { CompactFlags } from "./compact-flags.ts";
import { Destinations } from "./destinations.ts";
import { ExitCode, worst } from "./exit-codes.ts";
import { fileLines } from "./file-lines.ts";
import { byName } from "./find-files.ts";
import type { Input } from "./inputs.ts";
import type { Io } from "./io.ts";
import { CliError, describeError } from "./messages.ts";
import { reportPlace, writeReport } from "./report-output.ts";
import type { MeasuredRecall } from "./report-recall.ts";
import { type Rows, rowsOnDisk } from "./rows.ts";

/** What stands before and behind the rows of a JSON report, each on a line of its own. */
const HEAD = /^\{"version":(\d+),"files":\[$/;
const TAIL = /^\],"total":(.*)\}$/;

/** @throws CliError when a part is no report, or does not fit to the others */
export async function mergeReports(
  parts: readonly Input[],
  flags: CompactFlags,
  io: Io,
  recall?: MeasuredRecall,
): Promise<ExitCode> {
  const options = { output: undefined, inPlace: false, force: flags.force === true };
  const place = reportPlace(flags.reportFile, new Destinations(parts, options, io)) ?? { type: "stdout" };
  const inputs: Input[] = [];
  const rows = rowsOnDisk(inputs);
  try {
    const found = collect(parts, inputs, rows);
    inputs.sort(byName);
    const report = buildReport(recall?.join(rows) ?? rows, found);
    const { tokenizers } = report.total;
    if (tokenizers.length > 1)
      throw new CliError(`reports counted with ${tokenizers.join(" and ")}, expected one tokenizer`);
    const written = await writeReport(report, { place, session: undefined, trigger: undefined }, flags, io);
    return worst([written, (await recall?.judge(report, io)) ?? ExitCode.done]);
  } finally {
    rows.close(true);
  }
}

/** @returns how many files there are, those included that an interrupted part did not come to */
function collect(parts: readonly Input[], inputs: Input[], rows: Rows): number {
  const known = new Map<string, string>();
  let missing = 0;
  for (const part of parts) {
    if (part.path === undefined) throw new CliError("--merge reads reports from files, expected no `-`");
    let own = 0;
    for (const line of reportLines(part.path, part.name)) {
      if (line.type === "total") missing += Math.max(0, line.found - own);
      else {
        own++;
        const { path, row } = line;
        const digest = createHash("sha256").update(row).digest("base64");
        const before = known.get(path);
        if (before === undefined) {
          const input: Input = { name: path, path: undefined };
          inputs.push(input);
          rows.add(input, row);
          known.set(path, digest);
        } else if (before !== digest) {
          throw new CliError(
            `${part.name}: ${path} is in another report with other numbers, expected it once`,
            {
              hint: "name files from different machines differently, for example by a folder for each",
            },
          );
        }
      }
    }
  }
  return inputs.length + missing;
}

type ReportLine =
  | { readonly type: "row"; readonly path: string; readonly row: string }
  | { readonly type: "total"; readonly found: number };

/** JSON as we write it, JSON that was written anew, or JSON lines. */
function* reportLines(path: string, name: string): Generator<ReportLine> {
  let number = 0;
  try {
    for (const line of fileLines(path)) {
      number++;
      const version = HEAD.exec(line)?.[1];
      const total = TAIL.exec(line)?.[1];
      if (version !== undefined) checkVersion(Number(version));
      else if (total !== undefined) yield { type: "total", found: JSON.parse(total).found };
      else if (number === 1 && line.trim() === "{") return yield* whole([...fileLines(path)].join("\n"));
      else if (line !== "") yield rowOf(line.replace(/,$/, ""));
    }
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    const reason = cause instanceof SyntaxError ? "not a row of a report" : describeError(cause).message;
    const place = number === 0 ? name : `${name}:${number}`;
    throw new CliError(`${place}: ${reason}, expected a report as json or ndjson`, { cause });
  }
}

function* whole(text: string): Generator<ReportLine> {
  const { version, files, total } = JSON.parse(text);
  checkVersion(version);
  for (const file of files) yield rowOf(JSON.stringify(file));
  yield { type: "total", found: total.found };
}

function rowOf(row: string): ReportLine {
  const { path, context } = JSON.parse(row) as Partial<FileReport>;
  if (typeof path !== "string" || context === undefined) throw new SyntaxError("no path");
  return { type: "row", path, row };
}

function checkVersion(version: number): void {
  if (version === REPORT_VERSION) return;
  throw new CliError(`a report of version ${version}, expected ${REPORT_VERSION}`);
}
