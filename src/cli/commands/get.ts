// `compact get REF[:LINES]`. In: what a marker or a gap prints. Out: the text it stands for, or lines of it, on stdout.
import { isRef, Store } from "../../artifacts/store.ts";
import { ExitCode } from "../exit-codes.ts";
import { type Io, ReaderGoneError } from "../io.ts";
import { CliError, tellError } from "../messages.ts";
import { writeOutput } from "../outputs.ts";

export interface GetFlags {
  readonly artifacts?: string;
  readonly verbose?: boolean;
}

/** `12`, `12-52` and `12-`, separated by commas; counted from 1, both ends included. */
const LINES = /^\d+(?:-\d*)?(?:,\d+(?:-\d*)?)*$/;
/** `12:201-5000`: characters of one line, as the gap inside a long line names them. */
const CHARACTERS = /^(\d+):(\d+)-(\d+)$/;

export async function runGet(operands: readonly string[], flags: GetFlags, io: Io): Promise<ExitCode> {
  const [request] = operands;
  if (request === undefined || operands.length > 1) {
    throw new CliError(`get: ${operands.length} refs, expected one: compact get REF[:LINES]`);
  }
  const { ref, part } = parseRequest(request);
  try {
    await writeOutput(
      { type: "stdout" },
      [textBehind({ ref, part }, Store.find(flags.artifacts, io.cwd))],
      io,
    );
    return ExitCode.done;
  } catch (error) {
    if (error instanceof ReaderGoneError) throw error;
    await tellError(io, error, flags.verbose === true, ref);
    return ExitCode.error;
  }
}

/** What is asked for: an artifact, and which part of it; empty for all. */
export interface GetRequest {
  readonly ref: string;
  readonly part: string;
}

/** @throws CliError for what no marker prints */
export function parseRequest(request: string): GetRequest {
  const [ref = "", part = ""] = request.split(/:(.*)/s);
  if (isRef(ref)) return { ref, part };
  throw new CliError(`\`${request}\` is no ref, expected 8 or more hex digits, as markers print them`, {
    hint: "for example: compact get 3f2a9c1b, or compact get 3f2a9c1b:12-52",
  });
}

/** @throws CliError when a ref names none or several, or has no such part */
export function textBehind({ ref, part }: GetRequest, store: Store): Buffer {
  const text = artifactOf(ref, part, store);
  return part === "" ? text : pick(text.toString("utf8"), part);
}

function artifactOf(ref: string, part: string, store: Store): Buffer {
  const names = store.artifactsOf(ref);
  const [name] = names;
  if (name === undefined) {
    throw new CliError(`no such artifact in ${store.directory}, expected the store of the marker`, {
      hint: "name the store with -a DIR",
    });
  }
  if (names.length > 1) {
    const suffix = part === "" ? "" : `:${part}`;
    const candidates = names.map(
      (other) => `compact get ${other}${suffix}   (${store.artifactSize(other)} bytes)`,
    );
    throw new CliError(`the beginning of ${names.length} artifacts, expected more digits of one`, {
      hint: candidates.join("\n"),
    });
  }
  return store.artifact(name);
}

function pick(text: string, part: string): Buffer {
  const lines = text.split("\n");
  const within = CHARACTERS.exec(part);
  if (within !== null) {
    const [, line = "", first = "", last = ""] = within;
    const characters = lines[range(line, "", lines.length, "has lines")[0]] ?? "";
    const which = `line ${line} has characters`;
    return Buffer.from(`${characters.slice(...range(first, `-${last}`, characters.length, which))}\n`);
  }
  if (!LINES.test(part)) {
    throw new CliError(`\`${part}\` names no lines, expected for example 12, 12-52 or 12-20,40-`);
  }
  const picked = part.split(",").flatMap((item) => {
    const [, first = "", rest = ""] = /^(\d+)(.*)$/.exec(item) ?? [];
    return lines.slice(...range(first, rest, lines.length, "has lines"));
  });
  return Buffer.from(`${picked.join("\n")}\n`);
}

/**
 * @param rest empty for one alone, `-` for all that follow, else `-LAST`
 * @param whole what there is, for the message
 * @returns half-open, counted from 0
 */
function range(first: string, rest: string, length: number, whole: string): [start: number, end: number] {
  const start = Number(first);
  const end = rest === "" ? start : rest === "-" ? length : Number(rest.slice(1));
  if (start < 1 || start > end || end > length) {
    throw new CliError(`${whole} 1 to ${length}, expected ${first}${rest} within them`);
  }
  return [start - 1, end];
}
