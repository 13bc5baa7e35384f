// In: one input of a batch. Out: its store entries, then its output, then what to say of it. An error is this file's alone: it is
// told, and the batch goes on.
import type { Store } from "../artifacts/store.ts";
import { type Compacted, type Compaction, compact } from "../compact.ts";
import type { Config } from "../config/config.ts";
import { buildFailedReport, buildFileReport } from "../report/build.ts";
import { explain } from "../report/explain.ts";
import type { FileReport } from "../report/report.ts";
import { buildSession } from "../report/session.ts";
import type { Session } from "../report/session-data.ts";
import { OtherOriginalError, saveRemoved } from "../save-removed.ts";
import type { CompactFlags } from "./compact-flags.ts";
import type { Destination, OutputOptions } from "./destinations.ts";
import { ExitCode } from "./exit-codes.ts";
import { type Input, InterruptedError, readInput } from "./inputs.ts";
import { type Io, ReaderGoneError } from "./io.ts";
import { CliError, describeError, tell, tellError, tellText } from "./messages.ts";
import { refuseRecent, writeOutput } from "./outputs.ts";

/** What all files of a run share. */
export interface Batch {
  readonly io: Io;
  readonly flags: CompactFlags;
  readonly config: Config;
  readonly store: Store;
  readonly options: OutputOptions;
  /** Whether there are more files than one: then messages name them, and Ctrl-C has others to think of. */
  readonly hasSeveral: boolean;
  /** Whether the report shows the transcript itself. */
  readonly wantsSession: boolean;
  /** Asked before the first byte is written; false after Ctrl-C. */
  readonly mayWrite: () => boolean;
  /** Undefined where nothing is to be written. */
  readonly destinationOf: (input: Input) => Destination | undefined;
}

/**
 * @throws ReaderGoneError when nobody reads stdout any more, InterruptedError after Ctrl-C; everything else is told and in the
 * report
 */
export async function compactFile(
  input: Input,
  batch: Batch,
): Promise<{ readonly report: FileReport; readonly code: ExitCode; readonly session?: Session | undefined }> {
  const { io, flags, config } = batch;
  const facts = { path: input.name, preset: config.preset, bytes: 0, storeAdded: 0 };
  const failed = (reason: string, code: ExitCode) => ({ report: buildFailedReport(facts, reason), code });
  try {
    const destination = batch.destinationOf(input);
    const source = await readInput(input, io);
    facts.bytes = source.length;
    const compaction = batch.hasSeveral
      ? compact(source, config)
      : io.unguarded(() => compact(source, config)); // nothing is written yet, so nothing can be lost
    await letSignalsIn();
    if (io.interrupted.aborted) throw new InterruptedError("interrupted");

    const warnings = await tellWarnings(compaction, input, batch);
    if (flags.strict && warnings > 0) {
      const count = `${warnings} ${warnings === 1 ? "warning" : "warnings"}`;
      const reason = `${count}, expected none with --strict; nothing was written`;
      await tell(io, `${input.name}: ${reason}`);
      return failed(reason, ExitCode.condition);
    }
    if (destination !== undefined) {
      if (!batch.mayWrite()) throw new InterruptedError("interrupted");
      facts.storeAdded = await deliver(compaction, destination, batch);
    }
    const code = await judge(compaction, source, input, batch);
    const session = batch.wantsSession ? buildSession(compaction) : undefined;
    return { report: buildFileReport(compaction, facts), code, session };
  } catch (error) {
    if (error instanceof ReaderGoneError || error instanceof InterruptedError) throw error;
    await tellError(io, error, flags.verbose === true, input.name);
    return failed(describeError(error).message, ExitCode.error);
  }
}

/** A signal that came while we computed is delivered when the event loop turns. */
function letSignalsIn(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

/** Says what was odd about the input, and, when asked, what goes. @returns how many warnings there are */
async function tellWarnings(compaction: Compaction, { name }: Input, batch: Batch): Promise<number> {
  const { io, flags, hasSeveral } = batch;
  if (compaction.status === "unknown-format") return 0;
  const { transcript } = compaction;
  if (!flags.quiet) {
    for (const { line, message } of transcript.warnings) await tell(io, `${name}:${line}: ${message}`);
  }
  if (flags.explain && compaction.status === "compacted") {
    const prefix = hasSeveral ? name : undefined;
    await tellText(io, explain(transcript, compaction.choice.decisions, prefix));
  }
  return transcript.warnings.length;
}

/** The store first, then the output. @returns bytes added to the store */
async function deliver(
  compaction: Compaction,
  destination: Destination,
  { io, flags, store, config }: Batch,
): Promise<number> {
  const isChanged = compaction.status === "compacted" && compaction.choice.cuts.length > 0;
  if (!isChanged) {
    if (destination.type !== "in-place") await writeOutput(destination, compaction.chunks, io);
    return 0;
  }
  refuseRecent(destination, flags.force === true);
  const added = config.withRefs ? await saveToStore(compaction, store) : 0;
  if (destination.type === "in-place") {
    const { replaceInPlace } = await import("./replace-in-place.ts");
    replaceInPlace(destination.path, compaction, config.withRefs ? store : undefined);
  } else await writeOutput(destination, compaction.chunks, io);
  return added;
}

/** @throws CliError when the store cannot be written, or restores this output to something else */
export async function saveToStore(compaction: Compacted, store: Store): Promise<number> {
  try {
    return await saveRemoved(compaction, store);
  } catch (cause) {
    if (cause instanceof OtherOriginalError) throw cause;
    throw new CliError(`the store ${store.directory} cannot be written: ${describeError(cause).message}`, {
      hint: "name another place with -a DIR; the output was not written",
      cause,
    });
  }
}

/** What the exit code says about a file that was delivered, and the message that goes with it. */
async function judge(
  compaction: Compaction,
  source: Buffer,
  { name }: Input,
  { io, flags, hasSeveral }: Batch,
): Promise<ExitCode> {
  if (compaction.status === "unknown-format") {
    if (source.length === 0) return ExitCode.done;
    const problem = "no known transcript format, expected one of --list-formats";
    const outcome = flags.dryRun ? "" : "; passed through unchanged";
    await tell(io, `${name}: ${problem}${outcome}`, hintFor(source, hasSeveral));
    return ExitCode.condition;
  }
  if (compaction.status === "compacted" && compaction.missedBudget !== undefined) {
    const { choice, missedBudget, whatStays } = compaction;
    await tell(
      io,
      `${name}: ${choice.tokensAfter.toLocaleString("en")} context tokens are left, expected ${missedBudget.toLocaleString("en")} or fewer`,
      whatStays.map(({ reason, tokens }) => `${tokens.toLocaleString("en")}  ${reason}`).join("\n"),
    );
    return ExitCode.condition;
  }
  return ExitCode.done;
}

/** The first bytes of what people pipe in by mistake. */
const COMPRESSED: readonly (readonly [magic: readonly number[], hint: string])[] = [
  [[0x1f, 0x8b], "this is gzip: zcat FILE | compact"],
  [[0x28, 0xb5, 0x2f, 0xfd], "this is zstd: zstdcat FILE | compact"],
];

/** What would be the same for many files is said of one alone. */
function hintFor(source: Buffer, hasSeveral: boolean): string | undefined {
  const known = COMPRESSED.find(([magic]) => magic.every((byte, i) => source[i] === byte));
  return known?.[1] ?? (hasSeveral ? undefined : "name the format with --format if it is one of them");
}
