// In: what became of each file. Out: the report, on stderr or in a file of its own.
import { type Renderer, type RenderOptions, renderers } from "../report/index.ts";
import type { Report } from "../report/report.ts";
import type { CompactFlags } from "./compact-flags.ts";
import type { Destinations, NewDestination } from "./destinations.ts";
import { ExitCode } from "./exit-codes.ts";
import { type Io, ReaderGoneError } from "./io.ts";
import { CliError, describeError, tellError, tellText } from "./messages.ts";
import { writeOutput } from "./outputs.ts";
import { paintFor } from "./paint.ts";
import { readProgramFile } from "./program-files.ts";

const FLAG = "--report-file";

/**
 * Where `--report-file` says; undefined for stderr. Asked before anything is read.
 *
 * @throws CliError when it may not be written there
 */
export function reportPlace(
  named: string | undefined,
  destinations: Destinations,
): NewDestination | undefined {
  if (named === undefined) return undefined;
  try {
    return destinations.beside(named);
  } catch (cause) {
    const { message, hint } = describeError(cause);
    throw new CliError(`${FLAG}: ${message}`, { hint, cause });
  }
}

/** The renderer that was asked for, by name or by the ending of the file. */
export function rendererOf(
  { report, reportFile }: CompactFlags,
  place: NewDestination | undefined,
): Renderer {
  const usual = isOnScreen(place) ? "text" : "json";
  const ending = reportFile === undefined ? undefined : /\.(\w+)$/.exec(reportFile)?.[1]?.toLowerCase();
  const named = renderers.find(({ name }) => name === report);
  const meant = renderers.find(({ extension }) => extension !== "" && extension === ending);
  return named ?? meant ?? renderers.find(({ name }) => name === usual)!;
}

/** A report that cannot be written is an error, but no reason to take the outputs back. */
export async function writeReport(
  report: Report,
  {
    place,
    ...shown
  }: { readonly place: NewDestination | undefined } & Pick<RenderOptions, "session" | "trigger">,
  flags: CompactFlags,
  io: Io,
): Promise<ExitCode> {
  if (flags.quiet && place === undefined && flags.report === undefined) return ExitCode.done;
  const renderer = rendererOf(flags, place);
  if (renderer.name === "none") return ExitCode.done;
  const stream = place === undefined ? io.stderr : io.stdout;
  const paint = await (isOnScreen(place)
    ? paintFor(stream, flags.color, io.env)
    : paintFor(undefined, "never", io.env));
  try {
    const options = { ...shown, paint, isDetailed: place !== undefined, readAsset: readProgramFile };
    const pieces = await renderer.render(report, options);
    if (place === undefined) for (const piece of pieces) await tellText(io, piece);
    else await writeOutput(place, encoded(pieces), io);
    return ExitCode.done;
  } catch (error) {
    if (error instanceof ReaderGoneError) throw error;
    await tellError(io, error, flags.verbose === true, place?.type === "stdout" ? undefined : FLAG);
    return ExitCode.error;
  }
}

function isOnScreen(place: NewDestination | undefined): boolean {
  return place === undefined || place.type === "stdout";
}

function* encoded(pieces: Iterable<string>): Generator<Buffer> {
  for (const piece of pieces) yield Buffer.from(piece);
}
