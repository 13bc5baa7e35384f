// In: the path of a transcript as a hook names it. Out: where it really is; or why it is none that we may touch.
import { realpathSync, statSync } from "node:fs";
import { isAbsolute, sep } from "node:path";

/** @throws Error naming what is wrong with it */
export function sessionFile(named: string, sessions: string): string {
  if (!isAbsolute(named) || !named.endsWith(".jsonl")) {
    throw new Error(`transcript \`${named}\`, expected an absolute path that ends with .jsonl`);
  }
  const path = realpathSync(named);
  if (!path.startsWith(realpathSync(sessions) + sep)) {
    throw new Error(`transcript ${path}, expected one below ${sessions}`);
  }
  if (!statSync(path).isFile()) throw new Error(`transcript ${path} is no file`);
  return path;
}
