// In: the name of a program, and an environment. Out: whether a shell would find it.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** What Windows puts behind the name. */
const ENDINGS = ["", ".cmd", ".exe"];

export function isOnPath(program: string, env: Readonly<Record<string, string | undefined>>): boolean {
  const folders = (env.PATH ?? env.Path ?? "").split(delimiter).filter(Boolean);
  return folders.some((folder) => ENDINGS.some((ending) => existsSync(join(folder, program + ending))));
}
