// `--each-line`. In: one whole transcript a line, as an object that holds its messages or as a string of JSON lines. Out: the same,
// line by line, each compacted without the others; a line that cannot be goes out as it came. Memory for one line at a time.
import { createReadStream } from "node:fs";
import { resolve as resolvePath } from "node:path";
import type { Artifact } from "../artifacts/artifact.ts";
import { Store } from "../artifacts/store.ts";
import { type Compaction, compact } from "../compact.ts";
import type { Config } from "../config/config.ts";
import { resolve } from "../config/resolve.ts";
import type { Settings } from "../config/settings.ts";
import { saveToStore } from "./compact-file.ts";
import type { CompactFlags } from "./compact-flags.ts";
import { ExitCode, worst } from "./exit-codes.ts";
import { InterruptedError, STDIN } from "./inputs.ts";
import { type Io, ReaderGoneError } from "./io.ts";
import { CliError, describeError, tell } from "./messages.ts";
import { writeOutput } from "./outputs.ts";

const LINE_FEED = 10;
const TAB = Buffer.from("\t");
const FEED = Buffer.from("\n");

export async function runEachLine(
  names: readonly string[],
  flags: CompactFlags,
  settings: Settings,
  io: Io,
): Promise<ExitCode> {
  const [name = "-"] = names;
  if (names.length > 1 || flags.output !== undefined || flags.inPlace)
    throw new CliError("--each-line reads stdin or one file and writes stdout, expected no more files");
  const config = resolve(settings);
  const isStored = config.withRefs && flags.inlineArtifacts !== true;
  const work: LineWork = {
    config,
    store: isStored && !flags.dryRun ? Store.find(settings.artifacts || undefined, io.cwd) : undefined,
    isInline: flags.inlineArtifacts === true,
  };
  const source = name === "-" ? io.stdin : createReadStream(resolvePath(io.cwd, name));
  const stop = () => source.destroy();
  io.interrupted.addEventListener("abort", stop, { once: true });
  try {
    return await eachLine(source, name === "-" ? STDIN : name, work, io);
  } catch (error) {
    if (io.interrupted.aborted) throw new InterruptedError("interrupted", { cause: error });
    if (error instanceof ReaderGoneError || error instanceof CliError) throw error;
    throw new CliError(`${name}: ${describeError(error).message}`, { cause: error });
  } finally {
    io.interrupted.removeEventListener("abort", stop);
  }
}

async function eachLine(
  source: AsyncIterable<unknown>,
  name: string,
  work: LineWork,
  io: Io,
): Promise<ExitCode> {
  let code: ExitCode = ExitCode.done;
  let number = 0;
  for await (const line of linesOf(source)) {
    number++;
    const { bytes, problem } = await workOnLine(line, work, io);
    if (problem !== undefined) {
      await tell(io, `${name}:${number}: ${problem.message}; passed through unchanged`);
      code = worst([code, problem.code]);
    }
    await writeOutput({ type: "stdout" }, bytes, io);
  }
  if (io.interrupted.aborted) throw new InterruptedError("interrupted");
  return code;
}

interface LineWork {
  readonly config: Config;
  /** Undefined where nothing is stored. */
  readonly store: Store | undefined;
  /** Whether what goes is a second column. */
  readonly isInline: boolean;
}

interface LineResult {
  readonly bytes: Buffer[];
  readonly problem?: { readonly message: string; readonly code: ExitCode };
}

/** The line end is ours: what comes in without one goes out with one, as line tools do it. */
async function workOnLine(line: Buffer, work: LineWork, io: Io): Promise<LineResult> {
  const column = work.isInline ? [TAB, Buffer.from("[]")] : [];
  const unchanged = [line, ...column, FEED];
  if (line.length === 0) return { bytes: unchanged };
  try {
    const encoded = encodedTranscript(line);
    const source = encoded ?? line;
    const compaction = io.unguarded(() => compact(source, work.config)); // nothing of it is written yet
    if (compaction.status === "unknown-format") {
      const message = "no known transcript format, expected one of --list-formats";
      return { bytes: unchanged, problem: { message, code: ExitCode.condition } };
    }
    if (compaction.status !== "compacted" || compaction.choice.cuts.length === 0) return { bytes: unchanged };
    if (work.store !== undefined) await saveToStore(compaction, work.store);
    const chunks = [...compaction.chunks];
    const result =
      encoded === undefined ? chunks : [Buffer.from(JSON.stringify(Buffer.concat(chunks).toString()))];
    const artifacts = work.isInline ? [TAB, Buffer.from(JSON.stringify(artifactsOf(compaction)))] : [];
    return { bytes: [...result, ...artifacts, FEED] };
  } catch (error) {
    if (error instanceof ReaderGoneError) throw error;
    return { bytes: unchanged, problem: { message: describeError(error).message, code: ExitCode.error } };
  }
}

/** The JSON lines in a JSON string; undefined for a line of any other kind. */
function encodedTranscript(line: Buffer): Buffer | undefined {
  if (line[0] !== 0x22) return undefined;
  const text: unknown = JSON.parse(line.toString("utf8"));
  return typeof text === "string" && text.isWellFormed() ? Buffer.from(text) : undefined;
}

/** What a marker's ref stands for, and where it came from. */
function artifactsOf(compaction: Extract<Compaction, { status: "compacted" }>): object[] {
  const artifacts = new Map<string, Artifact>();
  for (const { artifact } of compaction.choice.cuts)
    if (artifact !== undefined) artifacts.set(artifact.sha256, artifact);
  return [...artifacts.values()].map(({ ref, sha256, text, observation }) => {
    const { toolName: tool, target, outcome } = observation;
    return { ref, sha256, tool, target, outcome, text };
  });
}

async function* linesOf(stream: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    let at = 0;
    for (let feed = bytes.indexOf(LINE_FEED); feed !== -1; feed = bytes.indexOf(LINE_FEED, at)) {
      yield Buffer.concat([...rest, bytes.subarray(at, feed)]);
      rest = [];
      at = feed + 1;
    }
    if (at < bytes.length) rest.push(bytes.subarray(at));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
