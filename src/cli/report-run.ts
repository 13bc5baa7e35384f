// In: files and what is to become of them. Out: the work done and the report written. What `compact` and `compact report` share.
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve as resolvePath } from "node:path";
import { makeDirectories } from "../artifacts/make-directories.ts";
import { Store } from "../artifacts/store.ts";
import { resolve } from "../config/resolve.ts";
import type { Settings } from "../config/settings.ts";
import { triggerTokens } from "../engine/limits.ts";
import { buildReport } from "../report/build.ts";
import { parseJobs, runBatch } from "./batch.ts";
import type { CompactFlags } from "./compact-flags.ts";
import { Destinations, type NewDestination, type OutputOptions } from "./destinations.ts";
import { ExitCode, worst } from "./exit-codes.ts";
import type { Input } from "./inputs.ts";
import type { Io } from "./io.ts";
import { CliError, tell } from "./messages.ts";
import { rendererOf, reportPlace, writeReport } from "./report-output.ts";
import type { MeasuredRecall } from "./report-recall.ts";
import { type Rows, rowsFor } from "./rows.ts";

interface ReportWanted {
  /** Where no `--report-file` says; undefined for stderr. */
  readonly usualPlace?: NewDestination;
  /** To stand beside reduction. */
  readonly recall?: MeasuredRecall | undefined;
}

export async function runAndReport(
  inputs: readonly Input[],
  flags: CompactFlags,
  settings: Settings,
  io: Io,
  { usualPlace, recall }: ReportWanted = {},
): Promise<ExitCode> {
  const jobs = parseJobs(flags.jobs);
  const journal = journalPlace(inputs, flags, io.cwd);
  const isResumed = flags.resume === true && journal !== undefined && existsSync(journal);
  const options: OutputOptions = {
    output: flags.output,
    inPlace: flags.inPlace === true,
    force: flags.force === true || isResumed,
  };
  const destinations = new Destinations(inputs, options, io);
  const place = reportPlace(flags.reportFile, destinations) ?? usualPlace;
  const store = Store.find(settings.artifacts || undefined, io.cwd).directory;
  const wantsSession = inputs.length === 1 && rendererOf(flags, place)?.showsSession === true;
  const setup = { cwd: io.cwd, flags, settings, store, options, hasSeveral: inputs.length > 1, wantsSession };
  const rows = openRows(inputs, journal, isResumed);
  try {
    const { code, session } = await runBatch(inputs, destinations, setup, rows, jobs, io);
    if (code === ExitCode.interrupted && inputs.length === 1) return code;
    const trigger = triggerTokens(resolve(settings));
    const report = buildReport(recall?.join(rows) ?? rows, inputs.length);
    const written = await writeReport(report, { place, session, trigger }, flags, io);
    if (code === ExitCode.interrupted && journal !== undefined)
      await tell(io, "interrupted; the same command with --resume goes on from here");
    const judged = code === ExitCode.interrupted ? code : await recall?.judge(report, io);
    return worst([code, written, judged ?? ExitCode.done]);
  } finally {
    rows.close(!io.interrupted.aborted);
  }
}

/**
 * Where a run leaves what it has done, so that another can go on: beside what it writes. Undefined where it writes nothing
 * that lasts, or so little that there is nothing to go on with.
 */
function journalPlace(
  inputs: readonly Input[],
  { output, inPlace, reportFile, resume }: CompactFlags,
  cwd: string,
): string | undefined {
  if (resume && reportFile === undefined && (output === undefined || inPlace))
    throw new CliError("--resume needs to know what was written, expected -o DIR or --report-file FILE");
  if (inputs.length < 2) return undefined;
  if (reportFile !== undefined) {
    const path = resolvePath(cwd, reportFile);
    const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? true;
    return isFile ? `${path}.rows` : undefined;
  }
  return output === undefined || inPlace ? undefined : join(resolvePath(cwd, output), ".compact-rows");
}

/** Where no journal can be written, the run has a better message for it. */
function openRows(inputs: readonly Input[], journal: string | undefined, isResumed: boolean): Rows {
  if (journal === undefined) return rowsFor(inputs, undefined, false);
  try {
    makeDirectories(dirname(journal));
    return rowsFor(inputs, journal, isResumed);
  } catch {
    return rowsFor(inputs, undefined, false);
  }
}
