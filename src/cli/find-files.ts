// In: names on the command line, quoted globs among them. Out: the files that they mean. A name that is there is a file, whatever
// its letters; what is left and looks like a glob is one.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { STORE_NAME } from "../artifacts/store.ts";
import { type Input, inputsOf } from "./inputs.ts";
import { CliError } from "./messages.ts";

const GLOB = /[*?[\]{}!()]/;

/**
 * Files of globs are sorted by name, so that a run means the same on every machine.
 *
 * @throws CliError when a glob matches nothing
 */
export async function findFiles(names: readonly string[], cwd: string): Promise<Input[]> {
  const isGlob = (name: string) => name !== "-" && GLOB.test(name) && !existsSync(resolve(cwd, name));
  if (!names.some(isGlob)) return inputsOf(names, cwd);
  const found = await Promise.all(
    names.map(async (name) => (isGlob(name) ? await filesOf(name, cwd) : [name])),
  );
  return inputsOf(found.flat(), cwd);
}

async function filesOf(pattern: string, cwd: string): Promise<string[]> {
  const { default: glob } = await import("fast-glob");
  const names = await glob(pattern, { cwd, ignore: [`**/${STORE_NAME}/**`] });
  if (names.length === 0) throw new CliError(`${pattern}: no such file, and as a glob it matches none`);
  return names.sort();
}
