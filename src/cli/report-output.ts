// In: what became of each file. Out: the report, on stderr or in a file of its own.
import { buildReport } from "../report/build.ts";
import { renderers } from "../report/index.ts";
import type { FileReport } from "../report/report.ts";
import type { CompactFlags } from "./compact-flags.ts";
import type { Destination, Destinations } from "./destinations.ts";
import { ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { CliError, describeError, tellError, tellText } from "./messages.ts";
import { writeOutput } from "./outputs.ts";
import { paintFor } from "./paint.ts";

const FLAG = "--report-file";

/**
 * Where `--report-file` says; undefined for stderr. Asked before anything is read.
 *
 * @throws CliError when it may not be written there
 */
export function reportPlace(named: string | undefined, destinations: Destinations): Destination | undefined {
  if (named === undefined) return undefined;
  try {
    return destinations.beside(named);
  } catch (cause) {
    const { message, hint } = describeError(cause);
    throw new CliError(`${FLAG}: ${message}`, { hint, cause });
  }
}

/** A report that cannot be written is an error, but no reason to take the outputs back. */
export async function writeReport(
  files: readonly FileReport[],
  place: Destination | undefined,
  { report, quiet, verbose, color }: CompactFlags,
  io: Io,
): Promise<ExitCode> {
  if (quiet && place === undefined && report === undefined) return ExitCode.done;
  const name = report ?? (place === undefined ? "text" : "json");
  const renderer = renderers.find((candidate) => candidate.name === name);
  if (renderer === undefined) return ExitCode.done;
  const paint = await (place === undefined
    ? paintFor(io.stderr, color, io.env)
    : paintFor(undefined, "never", io.env));
  const text = await renderer.render(buildReport(files), paint);
  try {
    if (place === undefined) await tellText(io, text);
    else if (text !== "") await writeOutput(place, [Buffer.from(text)], io);
    return ExitCode.done;
  } catch (error) {
    await tellError(io, error, verbose === true, FLAG);
    return ExitCode.error;
  }
}
