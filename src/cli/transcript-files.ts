// In: names on the command line, quoted globs among them. Out: the transcripts behind them as bytes: what a compaction moved out is
// put back first, where the store has it, so that memory reads the whole session.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Store } from "../artifacts/store.ts";
import { restore } from "../restore.ts";
import { type Input, inputsOf, readInput } from "./inputs.ts";
import type { Io } from "./io.ts";
import { CliError } from "./messages.ts";

/** @throws CliError when a glob matches nothing */
export async function transcriptInputs(names: readonly string[], cwd: string): Promise<Input[]> {
  const files: string[] = [];
  for (const name of names) {
    if (name === "-" || existsSync(resolve(cwd, name)) || !/[*?[\]{}]/.test(name)) files.push(name);
    else {
      const { default: glob } = await import("fast-glob");
      const found = (await glob(name, { cwd, dot: true })).sort();
      if (found.length === 0) throw new CliError(`${name}: no file matches`);
      files.push(...found);
    }
  }
  return inputsOf(files, cwd);
}

export async function readRestored(input: Input, store: Store, io: Io): Promise<Buffer> {
  const bytes = await readInput(input, io);
  if (!bytes.includes("[compact")) return bytes;
  const restored = restore(bytes, store);
  return restored.status === "incomplete" ? bytes : restored.bytes;
}
