// In: something to tell. Out: lines on stderr in the one form of all our messages: `compact: place: what is wrong, expected what`,
// and below it, indented, a hint. Never fails: when stderr is gone, nobody is left to tell.
import { reasonOf } from "../artifacts/system-errors.ts";
import { printable } from "../escape/printable.ts";
import { type Io, write } from "./io.ts";

/** Something that a person can mend: its message is the whole story. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly hint: string | undefined;
  constructor(message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
  }
}

/** @param hint what to do; may have several lines */
export async function tell(io: Io, message: string, hint?: string): Promise<void> {
  const hints = hint === undefined ? [] : hint.split("\n").map((line) => `  ${printable(line)}\n`);
  await tellText(io, [`compact: ${printable(message)}\n`, ...hints].join(""));
}

/** For what has a form of its own, such as the report. */
export async function tellText(io: Io, text: string): Promise<void> {
  await write(io.stderr, text).catch(() => {});
}

/**
 * Tells of an error; the stack only for those who asked.
 *
 * @param place what the error is about: a file, a flag, a ref
 */
export async function tellError(io: Io, error: unknown, verbose: boolean, place?: string): Promise<void> {
  const { message, hint, stack } = describeError(error);
  await tell(io, place === undefined ? message : `${place}: ${message}`, hint);
  if (verbose) await tellText(io, `${stack.split("\n").map(printable).join("\n")}\n`);
}

export function describeError(error: unknown): {
  readonly message: string;
  readonly hint: string | undefined;
  readonly stack: string;
} {
  if (!(error instanceof Error)) return { message: String(error), hint: undefined, stack: "" };
  const { hint } = error as { hint?: unknown };
  return {
    message: reasonOf(error),
    hint: typeof hint === "string" ? hint : undefined,
    stack: stackOf(error),
  };
}

function stackOf(error: Error): string {
  const { cause } = error;
  const own = error.stack ?? error.message;
  return cause instanceof Error ? `${own}\ncaused by ${stackOf(cause)}` : own;
}
