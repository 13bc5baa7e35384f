// In: paths and their bytes. Out: files that are there whole or not at all: written beside, synced, then renamed.
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** Begins the name of a file that is being written; what a crash leaves can be told by it. */
export const TEMPORARY_PREFIX = ".compact-tmp-";

export interface FileToWrite {
  readonly path: string;
  readonly chunks: Iterable<Uint8Array>;
  readonly mode: number;
  /** Of the file that is replaced; kept where we may. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

/**
 * Writes all files before it renames the first, so that a full disk leaves none of them.
 *
 * @param beforeRename runs when everything is on disk under temporary names; what it throws stops the rename
 * @throws the error of the file system, after removing what was written
 */
export function writeFilesAtomically(files: readonly FileToWrite[], beforeRename?: () => void): void {
  const writing = new AtomicWriting();
  try {
    for (const file of files) writing.add(file);
    writing.publish(beforeRename);
  } finally {
    writing.discard();
  }
}

/** The same for files that come one after the other: `add` each, `publish` all, and in any case `discard` what was not published. */
export class AtomicWriting {
  private pending: { readonly path: string; readonly temporary: string }[] = [];

  /** Each file is closed again, since a run may write more files than a process may hold open. */
  add(file: FileToWrite): void {
    const name = `${TEMPORARY_PREFIX}${randomBytes(8).toString("hex")}`;
    const temporary = join(dirname(file.path), name);
    this.pending.push({ path: file.path, temporary });
    withFile(temporary, "wx", (descriptor) => fill(descriptor, file));
  }

  /** Syncing after all is written lets the first sync carry most of the work. */
  publish(beforeRename: () => void = () => {}): void {
    for (const { temporary } of this.pending) withFile(temporary, "r+", fsyncSync);
    beforeRename();
    for (const { temporary, path } of this.pending) renameSync(temporary, path);
    for (const directory of new Set(this.pending.map(({ path }) => dirname(path)))) syncDirectory(directory);
    this.pending = [];
  }

  discard(): void {
    for (const { temporary } of this.pending) rmSync(temporary, { force: true });
    this.pending = [];
  }
}

/** A rename is on disk when its directory is: the store must be before the output, also after a power failure. */
function syncDirectory(path: string): void {
  try {
    const descriptor = openSync(path, "r");
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch {
    // Some file systems sync no directories, and the files are there all the same.
  }
}

function withFile(path: string, flags: string, use: (descriptor: number) => void): void {
  const descriptor = openSync(path, flags, 0o600);
  try {
    use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function fill(descriptor: number, { chunks, mode, owner }: FileToWrite): void {
  if (owner !== undefined && (owner.uid !== process.getuid?.() || owner.gid !== process.getgid?.())) {
    try {
      fchownSync(descriptor, owner.uid, owner.gid);
    } catch {
      // Only root may give files away; for anybody else the new file is their own.
    }
  }
  fchmodSync(descriptor, mode); // the mask of the process must not narrow the mode of a file that is replaced
  for (const chunk of chunks) writeAll(descriptor, chunk);
}

/** No system call takes 2 GiB. */
const MOST_AT_ONCE = 2 ** 30;

function writeAll(descriptor: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length; )
    at += writeSync(descriptor, chunk, at, Math.min(MOST_AT_ONCE, chunk.length - at));
}
