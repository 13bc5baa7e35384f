// In: the path of a transcript. Out: the names of what stands beside it while it is replaced. All begin alike, so that whoever
// lists a directory of sessions can leave them out.
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { TEMPORARY_PREFIX } from "../artifacts/atomic-write.ts";

const PREFIX = ".compact-";

/** Whether a name in a directory is one of ours. */
export function isBeside(name: string): boolean {
  return basename(name).startsWith(PREFIX);
}

/** Whether it is there because this file is being replaced, or was when somebody died. */
export function belongsTo(name: string, path: string): boolean {
  return name.startsWith(PREFIX) && name.endsWith(`-${shortName(path)}`);
}

export function lockPath(path: string): string {
  return join(dirname(path), `${PREFIX}lock-${shortName(path)}`);
}

/** A name may be as long as names can be: with a prefix it would be too long. */
function shortName(path: string): string {
  return createHash("sha256").update(basename(path)).digest("hex").slice(0, 16);
}

/**
 * A second name for a file that is being replaced: should we die before its last lines are carried over, the next one does it.
 *
 * @param carried how many of its bytes are in the new file
 */
export function oldPath(path: string, carried: number): string {
  return join(dirname(path), `${PREFIX}old-${carried}-${shortName(path)}`);
}

/** How many bytes were carried over, if this is such a name for the file; else undefined. */
export function carriedOf(name: string, path: string): number | undefined {
  const match = /^\.compact-old-(\d+)-([0-9a-f]+)$/.exec(name);
  return match?.[2] === shortName(path) ? Number(match[1]) : undefined;
}

/** Begins like all names of files that compact is writing. */
export function temporaryPath(path: string, unique: string): string {
  return join(dirname(path), `${TEMPORARY_PREFIX}${unique}-${shortName(path)}`);
}

export function isTemporaryOf(name: string, path: string): boolean {
  return name.startsWith(TEMPORARY_PREFIX) && name.endsWith(`-${shortName(path)}`);
}
