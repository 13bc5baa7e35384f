// In: the name of a file that the build made beside the program. Out: where it is. A single executable carries these files as
// assets instead: there, this is the place to ask `node:sea` for them.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The bundle lies in dist, beside them; the sources, when tests run them, two folders away. */
const FOLDERS = [__dirname, join(__dirname, "..", "..", "dist")];

/** @throws Error when the build did not make it */
export function programFile(name: string): string {
  const path = FOLDERS.map((folder) => join(folder, name)).find((candidate) => existsSync(candidate));
  if (path === undefined)
    throw new Error(`${name} is not in ${FOLDERS.join(" or ")}: \`npm run build\` makes it`);
  return path;
}

export function readProgramFile(name: string): string {
  return readFileSync(programFile(name), "utf8");
}
