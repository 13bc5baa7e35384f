// In: changes. Out: the same on disk: backups first, then all files at once, each whole or not at all.
import { rmdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { writeFilesAtomically } from "../artifacts/atomic-write.ts";
import { makeDirectories } from "../artifacts/make-directories.ts";
import type { Change } from "./changes.ts";

/**
 * @param roots folders that were there before us, and stay
 * @throws the error of the file system; what was not yet replaced stays as it was
 */
export function apply(changes: readonly Change[], roots: readonly string[]): void {
  const due = changes.filter(({ before, after }) => before !== after);
  const backups = due.flatMap(({ backup, before, path }) =>
    backup?.fate === "write" && before !== undefined ? [file(backup.path, before, path)] : [],
  );
  const written = due.flatMap(({ path, after }) => (after === undefined ? [] : [file(path, after, path)]));
  for (const { path } of written) makeDirectories(dirname(path));
  writeFilesAtomically(backups);
  writeFilesAtomically(written);
  for (const { path } of due.filter(({ after }) => after === undefined)) {
    rmSync(path, { force: true });
    removeEmpty(dirname(path), roots);
  }
  for (const { backup } of due) if (backup?.fate === "remove") rmSync(backup.path, { force: true });
}

function file(path: string, text: string, like: string) {
  const stats = statSync(like, { throwIfNoEntry: false });
  const mode = stats === undefined ? 0o644 : stats.mode & 0o777;
  return {
    path,
    chunks: [Buffer.from(text)],
    mode,
    ...(stats && { owner: { uid: stats.uid, gid: stats.gid } }),
  };
}

/** Folders that are empty without our file, upwards: such as that of the skill, and that of skills. */
function removeEmpty(folder: string, roots: readonly string[]): void {
  for (let at = folder; !roots.includes(at) && at !== dirname(at); at = dirname(at)) {
    try {
      rmdirSync(at);
    } catch {
      return; // somebody has put something there
    }
  }
}
