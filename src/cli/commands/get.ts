// `compact get REF[:LINES]`. In: what a marker prints. Out: the text it stands for, or lines of it, on stdout.
import { isRef, Store } from "../../artifacts/store.ts";
import { ExitCode } from "../exit-codes.ts";
import { type Io, write } from "../io.ts";
import { CliError, tell } from "../messages.ts";

export interface GetFlags {
  readonly artifacts?: string;
}

/** `12`, `12-52` and `12-`, separated by commas; counted from 1, both ends included. */
const LINES = /^\d+(?:-\d*)?(?:,\d+(?:-\d*)?)*$/;

export async function runGet(request: string, flags: GetFlags, io: Io): Promise<ExitCode> {
  const { ref, lines } = parseRequest(request);
  const store = Store.find(flags.artifacts, io.cwd);
  const names = store.artifactsOf(ref);
  if (names.length > 1) {
    const candidates = names.map((name) => `compact get ${name}   (${store.artifactSize(name)} bytes)`);
    await tell(
      io,
      `${ref} is the beginning of ${names.length} artifacts, expected more digits of one`,
      candidates.join("\n  "),
    );
    return ExitCode.error;
  }
  if (names[0] === undefined) {
    throw new CliError(`no artifact ${ref} in ${store.directory}`, { hint: "name the store with -a DIR" });
  }
  const text = store.artifact(names[0]);
  await write(io.stdout, lines === undefined ? text : pickLines(text.toString("utf8"), lines, ref));
  return ExitCode.done;
}

/** Takes a marker as it stands too: `[compact get 3f2a9c1b: ok, 41 lines, 612 tokens]`. */
function parseRequest(request: string): { ref: string; lines: string | undefined } {
  const [ref = "", lines] = request.split(/:(.*)/s);
  if (!isRef(ref)) {
    throw new CliError(`\`${request}\` is no ref, expected 8 or more hex digits, as markers print them`, {
      hint: "for example: compact get 3f2a9c1b, or compact get 3f2a9c1b:12-52",
    });
  }
  if (lines !== undefined && !LINES.test(lines)) {
    throw new CliError(`\`${lines}\` names no lines, expected for example 12, 12-52 or 12-20,40-`);
  }
  return { ref, lines };
}

function pickLines(text: string, request: string, ref: string): string {
  const all = text.split("\n");
  const picked = request.split(",").flatMap((part) => {
    const [first = "", last = first] = part.split("-");
    const start = Number(first);
    const end = last === "" ? all.length : Number(last);
    if (start < 1 || start > end || end > all.length) {
      throw new CliError(`${ref} has lines 1 to ${all.length}, expected ${part} within them`);
    }
    return all.slice(start - 1, end);
  });
  return `${picked.join("\n")}\n`;
}
