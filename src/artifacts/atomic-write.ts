// In: paths and their bytes. Out: files that are there whole or not at all: written beside, synced, then renamed.
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Begins the name of a file that is being written; what a crash leaves can be told by it. */
export const TEMPORARY_PREFIX = ".compact-tmp-";

export interface FileToWrite {
  readonly path: string;
  readonly chunks: readonly Uint8Array[];
  readonly mode: number;
}

/**
 * Writes all files before it renames the first, so that a full disk leaves none of them. Syncing after all is written lets
 * the first sync carry most of the work.
 *
 * @param beforeRename runs when everything is on disk under temporary names; what it throws stops the rename
 * @throws the error of the file system, after removing what was written
 */
export function writeFilesAtomically(
  files: readonly FileToWrite[],
  beforeRename: () => void = () => {},
): void {
  const pending: { path: string; temporary: string; descriptor: number | undefined }[] = [];
  try {
    for (const { path, chunks, mode } of files) {
      const name = `${TEMPORARY_PREFIX}${process.pid}-${pending.length}-${basename(path)}`.slice(0, 200);
      const temporary = join(dirname(path), name);
      const file = { path, temporary, descriptor: openSync(temporary, "w", mode) as number | undefined };
      pending.push(file);
      fchmodSync(file.descriptor!, mode); // the mask of the process must not narrow the mode of a file that is replaced
      for (const chunk of chunks) writeAll(file.descriptor!, chunk);
    }
    for (const file of pending) {
      fsyncSync(file.descriptor!);
      closeSync(file.descriptor!);
      file.descriptor = undefined;
    }
    beforeRename();
    for (const { temporary, path } of pending) renameSync(temporary, path);
  } catch (error) {
    for (const { temporary, descriptor } of pending) {
      if (descriptor !== undefined) closeSync(descriptor);
      rmSync(temporary, { force: true });
    }
    throw error;
  }
}

function writeAll(descriptor: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length; ) at += writeSync(descriptor, chunk, at);
}
