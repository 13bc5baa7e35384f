// In: something to tell. Out: lines on stderr in the one form of all our messages: `compact: place: what is wrong, expected what`.
import { BrokenPromiseError } from "../engine/invariants/index.ts";
import { type Io, write } from "./io.ts";

export interface Verbosity {
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Something that a person can mend: its message is the whole story. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly hint: string | undefined;
  constructor(message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
  }
}

export async function tell(io: Io, message: string, hint?: string): Promise<void> {
  await write(io.stderr, `compact: ${message}\n${hint === undefined ? "" : `  ${hint}\n`}`);
}

/** Tells of an error; the stack only for those who asked. */
export async function tellError(
  io: Io,
  error: unknown,
  { verbose }: Verbosity,
  place?: string,
): Promise<void> {
  const { message, hint, stack } = describeError(error);
  await tell(io, place === undefined ? message : `${place}: ${message}`, hint);
  if (verbose && stack !== undefined) await write(io.stderr, `${stack}\n`);
}

export function describeError(error: unknown): {
  message: string;
  hint: string | undefined;
  stack: string | undefined;
} {
  if (!(error instanceof Error)) return { message: String(error), hint: undefined, stack: undefined };
  const { code } = error as NodeJS.ErrnoException;
  const hint = (error as { hint?: unknown }).hint;
  const known = code === undefined ? undefined : SYSTEM_ERRORS[code];
  let stack = error.stack;
  for (let { cause } = error; cause instanceof Error; cause = cause.cause)
    stack += `\ncaused by ${cause.stack}`;
  return {
    message:
      error instanceof BrokenPromiseError
        ? `line ${error.violation.line}: ${error.message}`
        : (known ?? error.message),
    hint: typeof hint === "string" ? hint : undefined,
    stack,
  };
}

/** What the file system's codes mean to a person. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EISDIR: "is a directory, expected a file",
  ENOTDIR: "a part of the path is not a directory",
  ENOSPC: "no space left on the device; nothing was replaced",
  EROFS: "the file system is read-only",
  EDQUOT: "the disk quota is used up; nothing was replaced",
  EFBIG: "the file is too large for this file system",
};
