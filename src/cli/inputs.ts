// In: the names on the command line. Out: the bytes behind them. Reads stdin to its end: no time limit, no size limit.
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Io } from "./io.ts";
import { CliError } from "./messages.ts";

/** The name of stdin in messages and reports. */
export const STDIN = "stdin";

export interface Input {
  /** As it was named. */
  readonly name: string;
  /** Undefined for stdin. */
  readonly path: string | undefined;
  /** The folder that a glob begins with: what is below it is mirrored below `-o DIR`. */
  readonly root?: string;
}

/** Reading was cut off by Ctrl-C. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}

/**
 * `-` and no name at all are stdin. A file that is named twice is one input.
 *
 * @throws CliError when stdin is named twice
 */
export function inputsOf(names: readonly string[], cwd: string): Input[] {
  const inputs = new Map<string | undefined, Input>();
  for (const name of names.length === 0 ? ["-"] : names) {
    const path = name === "-" ? undefined : resolve(cwd, name);
    if (path === undefined && inputs.has(path)) {
      throw new CliError(`${STDIN}: named twice, expected once: it can be read once only`);
    }
    if (!inputs.has(path)) inputs.set(path, { name: path === undefined ? STDIN : name, path });
  }
  return [...inputs.values()];
}

/** @throws InterruptedError after Ctrl-C; CliError for a directory; the error of the file system */
export async function readInput({ name, path }: Input, io: Io): Promise<Buffer> {
  if (path === undefined) return readStream(io);
  const stats = statSync(path);
  if (stats.isDirectory())
    throw new CliError("is a directory, expected a file", {
      hint: `for all that is below it: '${name.replace(/\/+$/, "")}/**/*.jsonl'`,
    });
  return stats.isFile() ? readFileSync(path) : io.unguarded(() => readFileSync(path));
}

async function readStream({ stdin, interrupted }: Io): Promise<Buffer> {
  const stop = () => stdin.destroy();
  interrupted.addEventListener("abort", stop, { once: true });
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stdin) chunks.push(chunk as Buffer);
  } catch (error) {
    if (!interrupted.aborted) throw error;
  } finally {
    interrupted.removeEventListener("abort", stop);
  }
  if (interrupted.aborted) throw new InterruptedError("interrupted while reading stdin");
  return Buffer.concat(chunks);
}
