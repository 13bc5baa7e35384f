// In: the names on the command line. Out: the bytes behind them. Reads stdin to its end: no time limit, no size limit.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Io } from "./io.ts";

/** The name of stdin in messages and reports. */
export const STDIN = "stdin";

export interface Input {
  /** As it was named. */
  readonly name: string;
  /** Undefined for stdin. */
  readonly path: string | undefined;
}

/** `-` and no name at all are stdin. */
export function inputsOf(names: readonly string[], cwd: string): Input[] {
  if (names.length === 0) return [{ name: STDIN, path: undefined }];
  return names.map((name) =>
    name === "-" ? { name: STDIN, path: undefined } : { name, path: resolve(cwd, name) },
  );
}

/** @throws the error of the file system */
export async function readInput({ path }: Input, io: Io): Promise<Buffer> {
  return path === undefined ? readStream(io) : readFileSync(path);
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
  return Buffer.concat(chunks);
}
