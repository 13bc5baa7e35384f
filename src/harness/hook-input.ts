// In: what a harness writes to the stdin of a hook. Out: the fields that we use, as soon as they are whole: a harness may forget to
// close the stream.
import type { Readable } from "node:stream";

export interface HookInput {
  readonly event: string;
  /** The transcript of the session, as the harness names it: unchecked. */
  readonly transcript: string;
  /** Where the agent works. */
  readonly cwd: string;
  /** How a session began: `resume`, `compact` and the like. */
  readonly source: string;
}

/** Why there is no input; told in the log, and to nobody else. */
export class HookInputError extends Error {
  override readonly name = "HookInputError";
}

/** More than any harness sends; what is larger is not for us. In bytes. */
const LONGEST = 8 << 20;

/** @param patience in milliseconds @throws HookInputError when nothing whole came in that time */
export function readHookInput(stdin: Readable, patience: number): Promise<HookInput> {
  return new Promise((done, fail) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => stop(`nothing whole on stdin within ${patience} ms`), patience);
    const stop = (problem: string | undefined) => {
      clearTimeout(timer);
      stdin.removeAllListeners("data");
      stdin.destroy(); // else an open stream would keep the process
      const input = problem === undefined ? parse(Buffer.concat(chunks)) : undefined;
      if (input !== undefined) done(input);
      else fail(new HookInputError(problem ?? "stdin is no JSON object of a hook"));
    };
    stdin.on("data", (chunk: Buffer) => {
      chunks.push(Buffer.from(chunk));
      length += chunk.length;
      if (length > LONGEST) stop(`more than ${LONGEST} bytes on stdin`);
      else if (endsObject(chunk) && parse(Buffer.concat(chunks)) !== undefined) stop(undefined);
    });
    stdin.on("end", () => stop(undefined));
    stdin.on("error", (error) => stop(error.message));
  });
}

function endsObject(chunk: Buffer): boolean {
  return /\}\s*$/.test(chunk.subarray(-16).toString("latin1"));
}

function parse(bytes: Buffer): HookInput | undefined {
  try {
    const fields: unknown = JSON.parse(bytes.toString("utf8"));
    if (typeof fields !== "object" || fields === null || Array.isArray(fields)) return undefined;
    const text = (name: string) => {
      const value = (fields as Record<string, unknown>)[name];
      return typeof value === "string" ? value : "";
    };
    return {
      event: text("hook_event_name"),
      transcript: text("transcript_path"),
      cwd: text("cwd"),
      source: text("source"),
    };
  } catch {
    return undefined;
  }
}

/** The same for the process that does the work. */
export function printHookInput({ event, transcript, cwd, source }: HookInput): string {
  return JSON.stringify({ hook_event_name: event, transcript_path: transcript, cwd, source });
}
