// The main command. In: flags and files. Out: for each file the store, then the output, then, for all, the report. One bad file
// does not stop the others.
import { resolve as resolvePath } from "node:path";
import { Store } from "../../artifacts/store.ts";
import { type Compacted, type Compaction, compact } from "../../compact.ts";
import type { Config } from "../../config/config.ts";
import { describe, parseStage, resolve } from "../../config/resolve.ts";
import { loadSettings, type Settings } from "../../config/settings.ts";
import { buildFailedReport, buildFileReport, buildReport } from "../../report/build.ts";
import { explain } from "../../report/explain.ts";
import { renderers } from "../../report/index.ts";
import type { FileReport } from "../../report/report.ts";
import { ExitCode, worst } from "../exit-codes.ts";
import { shortHelp } from "../help.ts";
import { type Input, inputsOf, readInput } from "../inputs.ts";
import { type Io, ReaderGoneError, write } from "../io.ts";
import { CliError, describeError, tell, tellError, type Verbosity } from "../messages.ts";
import { checkDestination, type Destination, destinationOf, newFile, writeOutput } from "../outputs.ts";
import { paintFor } from "../paint.ts";

/** What the flags say, as the parser hands it over. */
export interface CompactFlags {
  readonly output?: string;
  readonly inPlace?: boolean;
  /** False for `--no-artifacts`. */
  readonly artifacts?: string | false;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly preset?: string;
  readonly stage?: readonly string[];
  readonly protect?: readonly string[];
  readonly budget?: string;
  readonly trigger?: string;
  readonly window?: string;
  readonly format?: string;
  readonly tokenizer?: string;
  readonly strict?: boolean;
  readonly config?: string;
  readonly report?: string;
  readonly reportFile?: string;
  readonly explain?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: string;
  readonly printConfig?: boolean;
}

/** A batch: what all its files share. */
interface Batch {
  readonly io: Io;
  readonly flags: CompactFlags;
  readonly config: Config;
  readonly store: Store;
  readonly inputs: readonly Input[];
  readonly verbosity: Verbosity;
}

export async function runCompact(names: readonly string[], flags: CompactFlags, io: Io): Promise<ExitCode> {
  const { settings } = loadSettings(flags.config, io.cwd);
  const merged = mergeSettings(settings, flags);
  const config = resolve(merged);
  const store = Store.find(typeof merged.artifacts === "string" ? merged.artifacts : undefined, io.cwd);
  if (flags.printConfig) {
    const artifacts = merged.artifacts === false ? false : (merged.artifacts ?? ".compact");
    await write(io.stdout, `${JSON.stringify(describe(config, artifacts), null, 2)}\n`);
    return ExitCode.done;
  }
  const inputs = inputsOf(names, io.cwd);
  if (names.length === 0 && io.stdin.isTTY) {
    await write(io.stderr, shortHelp());
    return ExitCode.error;
  }
  checkDestination(inputs, outputOptions(flags), io.cwd);
  if (flags.inPlace && !config.withRefs && !flags.force) {
    throw new CliError("--no-artifacts with --in-place would lose text for good", {
      hint: "add --force to do it all the same",
    });
  }
  const reportPlace =
    flags.reportFile === undefined
      ? undefined
      : newFile(resolvePath(io.cwd, flags.reportFile), flags.force === true);

  const verbosity = { quiet: flags.quiet === true, verbose: flags.verbose === true };
  const batch: Batch = { io, flags, config, store, inputs, verbosity };
  if (!config.withRefs && !verbosity.quiet && !flags.dryRun) {
    await tell(io, "nothing is stored (--no-artifacts): the output cannot be restored");
  }
  const results: { report: FileReport; code: ExitCode }[] = [];
  for (const input of inputs) {
    if (io.interrupted.aborted) break;
    results.push(await compactOne(input, batch));
  }
  await writeReport(
    results.map(({ report }) => report),
    reportPlace,
    batch,
  );
  if (io.interrupted.aborted) return ExitCode.interrupted;
  return worst(results.map(({ code }) => code));
}

function outputOptions({ output, inPlace, force }: CompactFlags) {
  return { output, inPlace: inPlace === true, force: force === true };
}

/** Flags win over the file; a stage on the command line replaces the pipeline, a preset there replaces stages of the file. */
function mergeSettings(file: Settings, flags: CompactFlags): Settings {
  const given = Object.fromEntries(
    (["protect", "budget", "trigger", "window", "format", "tokenizer", "artifacts"] as const)
      .filter((key) => flags[key] !== undefined)
      .map((key) => [key, flags[key]]),
  );
  if (flags.stage !== undefined) return { ...file, ...given, stages: flags.stage.map(parseStage) };
  if (flags.preset === undefined) return { ...file, ...given };
  const { stages: _replaced, ...rest } = file;
  return { ...rest, ...given, preset: flags.preset };
}

async function compactOne(input: Input, batch: Batch): Promise<{ report: FileReport; code: ExitCode }> {
  const { io, flags, config, verbosity } = batch;
  const facts = { path: input.name, preset: config.preset, bytes: 0, storeAdded: 0 };
  try {
    const destination = flags.dryRun
      ? undefined
      : destinationOf(input, batch.inputs, outputOptions(flags), io.cwd);
    const source = await readInput(input, io);
    facts.bytes = source.length;
    const compaction = compact(source, config);
    await deliverSignals();
    if (io.interrupted.aborted) return failed("interrupted, nothing was written", ExitCode.interrupted);

    const warnings = compaction.status === "unknown-format" ? [] : compaction.transcript.warnings;
    if (!verbosity.quiet)
      for (const { line, message } of warnings) await tell(io, `${input.name}:${line}: ${message}`);
    if (flags.strict && warnings.length > 0) {
      await tell(io, `${input.name}: ${warnings.length} warnings and --strict; nothing was written`);
      return failed("warnings and --strict", ExitCode.condition);
    }
    if (flags.explain && compaction.status === "compacted") {
      await write(io.stderr, explain(compaction.transcript, compaction.choice.decisions));
    }
    if (destination !== undefined) facts.storeAdded = await deliver(compaction, destination, batch);
    return {
      report: buildFileReport(compaction, facts),
      code: await judge(compaction, source, input, batch),
    };
  } catch (error) {
    if (error instanceof ReaderGoneError) throw error;
    await tellError(io, error, verbosity, input.name);
    return failed(describeError(error).message, ExitCode.error);
  }

  function failed(reason: string, code: ExitCode) {
    return { report: buildFailedReport(facts, reason), code };
  }
}

/** A signal that came while we computed is delivered when the event loop turns. */
function deliverSignals(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

/** The store first, then the output. @returns bytes added to the store */
async function deliver(
  compaction: Compaction,
  destination: Destination,
  { io, store, config }: Batch,
): Promise<number> {
  const isChanged = compaction.status === "compacted" && compaction.choice.cuts.length > 0;
  let added = 0;
  if (isChanged && config.withRefs) added = saveToStore(compaction, store);
  if (isChanged || destination.type !== "in-place") await writeOutput(destination, compaction.chunks, io);
  return added;
}

function saveToStore({ choice, undo, prices, transcript }: Compacted, store: Store): number {
  const tokens = new Map<string, number>();
  for (const { artifact, block } of choice.cuts) {
    if (artifact !== undefined)
      tokens.set(artifact.sha256, (tokens.get(artifact.sha256) ?? 0) + prices.tokens(block));
  }
  const entries = choice.cuts.flatMap(({ artifact }) =>
    artifact === undefined ? [] : [{ artifact, tokens: tokens.get(artifact.sha256) ?? 0 }],
  );
  try {
    return store.save(undo, entries, transcript.format);
  } catch (cause) {
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
  input: Input,
  { io, verbosity }: Batch,
): Promise<ExitCode> {
  if (compaction.status === "unknown-format") {
    if (source.length === 0) return ExitCode.done;
    await tell(io, `${input.name}: no known transcript format, passed through unchanged`, hintFor(source));
    return ExitCode.condition;
  }
  if (compaction.status === "compacted" && compaction.missedBudget !== undefined) {
    const { tokensAfter } = compaction.choice;
    if (!verbosity.quiet) {
      await tell(
        io,
        `${input.name}: ${tokensAfter} context tokens are left, expected ${compaction.missedBudget} or fewer`,
        "what is left is protected, or not named by any stage: see --explain and --list-stages",
      );
    }
    return ExitCode.condition;
  }
  return ExitCode.done;
}

function hintFor(source: Buffer): string {
  if (source[0] === 0x1f && source[1] === 0x8b) return "this is gzip: zcat FILE | compact";
  if (source.readUInt32LE?.(0) === 0xfd2fb528) return "this is zstd: zstdcat FILE | compact";
  return "see --list-formats, or name the format with --format";
}

async function writeReport(
  files: readonly FileReport[],
  place: Destination | undefined,
  batch: Batch,
): Promise<void> {
  const { io, flags, verbosity } = batch;
  const isShown = place !== undefined || !verbosity.quiet;
  const name = flags.report ?? (place !== undefined ? "json" : "text");
  const renderer = renderers.find((candidate) => candidate.name === name);
  if (!isShown || renderer === undefined) return;
  const paint =
    place === undefined
      ? await paintFor(io.stderr, flags.color, io.env)
      : await paintFor(undefined, "never", io.env);
  const text = await renderer.render(buildReport(files), paint);
  if (text === "") return;
  if (place === undefined) await write(io.stderr, text);
  else await writeOutput(place, [Buffer.from(text)], io);
}
