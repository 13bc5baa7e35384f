// In: a transcript that a session may still write to, and what its beginning should become. Out: the file replaced, with all that
// was appended meanwhile behind it, in order; or untouched, and why. No line is lost and none is doubled, whoever dies when: the
// old file keeps a second name until nobody can write to it any more.
import { closeSync, fstatSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import type { Digest } from "../artifacts/undo.ts";
import { oldPath } from "./beside.ts";
import { hashPrefix, readFrom } from "./byte-range.ts";
import { appendInOrder, type FreshFile, giveSecondName, writeBeside } from "./fresh-file.ts";
import { lateLines, recover, unfinished } from "./late-lines.ts";
import { withLock } from "./lock.ts";
import { writersOf } from "./writers.ts";

export interface Replacement {
  /** Where it is, links resolved. */
  readonly path: string;
  /** What the beginning of the file has to be still, byte for byte. */
  readonly beginning: Digest;
  /** What comes in its place. */
  readonly chunks: readonly Buffer[];
}

export type SwapOutcome =
  /** @param appended bytes that came in meanwhile and were carried over */
  | { readonly status: "swapped"; readonly appended: number }
  /** Somebody holds the file open for writing: what they write would not reach the new file. */
  | { readonly status: "held"; readonly writers: readonly number[] }
  /** It is gone, or begins otherwise than it did. */
  | { readonly status: "changed" };

/** @throws LockedError when another compact replaces the same file; the error of the file system, with the file as it was */
export function swap({ path, beginning, chunks }: Replacement): SwapOutcome {
  return withLock(path, () => {
    const unfinished = recover(path);
    if (unfinished.length > 0) return { status: "held", writers: unfinished };
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return { status: "changed" };
    const current = openSync(path, "r");
    try {
      const stats = fstatSync(current);
      if (stats.size < beginning.bytes || hashPrefix(current, beginning.bytes) !== beginning.sha256) {
        return { status: "changed" };
      }
      const writers = writersOf(stats) ?? [];
      if (writers.length > 0) return { status: "held", writers };
      return exchange(path, { current, from: beginning.bytes, head: chunks, appended: 0 });
    } finally {
      closeSync(current);
    }
  });
}

/**
 * Carries over the last lines of files whose replacing was cut off by a crash: until then nobody who reads them sees these lines.
 * Where that cannot be done now, the next swap does it, or says why not.
 */
export function finishReplacing(paths: readonly string[]): void {
  for (const path of unfinished(paths)) {
    try {
      withLock(path, () => recover(path));
    } catch {
      // Locked: it goes on at this moment.
    }
  }
}

interface Exchange {
  /** The file that is at the path now, open for reading. */
  readonly current: number;
  /** How much of it is replaced by `head`, in bytes. */
  readonly from: number;
  readonly head: readonly Buffer[];
  /** Bytes that exchanges before this one carried over. */
  readonly appended: number;
}

/**
 * Puts `head` and what follows in the current file at the path. What somebody wrote to the old file after its end was read comes
 * right behind that end: appended, or, when others have appended to the new file first, by one more exchange.
 */
function exchange(path: string, { current, from, head, appended }: Exchange): SwapOutcome {
  const stats = fstatSync(current);
  const before = readFrom(current, from);
  const carried = from + before.length;
  const fresh = writeBeside(path, [...head, before], stats);
  const old = oldPath(path, carried);
  try {
    if (!giveSecondName(path, old, stats)) return { status: "changed" };
    renameSync(fresh.path, path);
    const late = lateLines(current, carried);
    if (late.writers.length > 0) return putBack(path, old, fresh, late.writers);
    const all = appended + before.length + late.bytes.length;
    if (late.bytes.length === 0 || appendInOrder(path, fresh, late.bytes)) {
      return { status: "swapped", appended: all };
    }
    const longer = [...head, before, late.bytes];
    return exchange(path, { current: fresh.descriptor, from: fresh.size, head: longer, appended: all });
  } finally {
    closeSync(fresh.descriptor);
    rmSync(fresh.path, { force: true });
    rmSync(old, { force: true });
  }
}

/** Somebody opened the old file just before it was replaced and does not let go: the old file returns, with what the new one got. */
function putBack(path: string, old: string, fresh: FreshFile, writers: readonly number[]): SwapOutcome {
  const returned = openSync(old, "r");
  try {
    const { size, ino } = fstatSync(returned);
    renameSync(old, path);
    const { bytes } = lateLines(fresh.descriptor, fresh.size);
    if (bytes.length > 0) appendInOrder(path, { size, ino }, bytes, "in any order");
    return { status: "held", writers };
  } finally {
    closeSync(returned);
  }
}
