// `compact report GLOB…`. In: transcripts, or reports to merge. Out: one report on stdout or in a file. Nothing else is written.
import { resolve } from "../../config/resolve.ts";
import { type CompactFlags, settingsOf } from "../compact-flags.ts";
import { ExitCode } from "../exit-codes.ts";
import { findFiles, shardOf } from "../find-files.ts";
import { shortHelp } from "../help.ts";
import type { Io } from "../io.ts";
import { mergeReports } from "../merge-reports.ts";
import { CliError, tellText } from "../messages.ts";
import { MeasuredRecall } from "../report-recall.ts";
import { runAndReport } from "../report-run.ts";

export interface ReportFlags extends CompactFlags {
  readonly merge?: boolean;
  readonly recall?: string;
}

export async function runReport(names: readonly string[], flags: ReportFlags, io: Io): Promise<ExitCode> {
  if (names.length === 0) {
    if (!io.stdin.isTTY) throw new CliError("report: no files, expected names, globs, or `-` for stdin");
    await tellText(io, shortHelp());
    return ExitCode.error;
  }
  const settings = settingsOf(flags, io.cwd);
  const config = resolve(settings); // what is wrong with it is wrong for all files
  const recall = flags.recall === undefined ? undefined : new MeasuredRecall(flags.recall, io.cwd);
  const inputs = shardOf(await findFiles(names, io.cwd), flags.shard);
  if (flags.merge) return mergeReports(inputs, flags, io, recall);
  recall?.refuseOtherThan(config);
  return runAndReport(inputs, { ...flags, dryRun: true }, settings, io, {
    usualPlace: { type: "stdout" },
    recall,
  });
}
