// In: names on the command line, quoted globs among them. Out: the files that they mean. A name that is there is a file, whatever
// its letters; what is left and looks like a glob is one.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { STORE_NAME } from "../artifacts/store.ts";
import { type Input, inputsOf } from "./inputs.ts";
import { CliError } from "./messages.ts";

const GLOB = /[*?[\]{}!()]/;

/** `2/8` is every eighth file from the second on: what one of eight machines does. @throws CliError when it is no such share */
export function shardOf(inputs: readonly Input[], shard: string | undefined): readonly Input[] {
  if (shard === undefined) return inputs;
  const [, place = "", count = ""] = /^(\d{1,6})\/(\d{1,6})$/.exec(shard) ?? [];
  if (Number(place) < 1 || Number(place) > Number(count))
    throw new CliError(`--shard ${shard}, expected I/N with I from 1 to N, for example 2/8`);
  return inputs.filter((_, i) => i % Number(count) === Number(place) - 1);
}

/**
 * Sorted by name, so that a run means the same on every machine, and parts of it can be put together again.
 *
 * @throws CliError when a glob matches nothing
 */
export async function findFiles(names: readonly string[], cwd: string): Promise<Input[]> {
  const isGlob = (name: string) => name !== "-" && GLOB.test(name) && !existsSync(resolve(cwd, name));
  if (!names.some(isGlob)) return inputsOf(names, cwd).sort(byName);
  const found = await Promise.all(
    names.map(async (name) => (isGlob(name) ? await filesOf(name, cwd) : [{ name }])),
  );
  const roots = new Map(found.flat().map(({ name, root }) => [name, root]));
  const inputs = inputsOf([...roots.keys()], cwd).map((input) => {
    const root = roots.get(input.name);
    return root === undefined ? input : { ...input, root };
  });
  return inputs.sort(byName);
}

export function byName(a: Input, b: Input): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

interface Found {
  readonly name: string;
  readonly root?: string;
}

/** A bare `?`: fast-glob 3.3.3 takes one in the name of a folder for the letter itself, and the same as a range for what it is. */
const ANY_LETTER = /(?<!\\)\?(?!\()/g;
const AS_RANGE = "[ -\uffff]";

async function filesOf(named: string, cwd: string): Promise<Found[]> {
  const { default: glob } = await import("fast-glob");
  const pattern = named.replace(ANY_LETTER, AS_RANGE);
  const names = await glob(pattern, { cwd, ignore: [`**/${STORE_NAME}/**`] });
  if (names.length === 0) {
    throw new CliError(`${named}: no such file or directory`, { hint: "as a glob it matches no file" });
  }
  const bases = glob.generateTasks(pattern).map(({ base }) => resolve(cwd, base));
  const rootOf = (name: string) => bases.find((base) => resolve(cwd, name).startsWith(join(base, "/")));
  return names.map((name) => {
    const root = rootOf(name);
    return root === undefined ? { name } : { name, root };
  });
}
