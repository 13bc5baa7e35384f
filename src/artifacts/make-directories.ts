// In: a path. Out: a directory there, with those above it. Node's own recursive mkdir calls a read-only file system a missing
// directory, which would send people looking for the wrong thing.
import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * @param mode of the directories that are made; one that is there keeps its own
 * @throws the error of the file system
 */
export function makeDirectories(path: string, mode?: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    if (code !== "ENOENT" || existsSync(dirname(path))) throw error;
    makeDirectories(dirname(path), mode);
    makeDirectories(path, mode);
  }
}
