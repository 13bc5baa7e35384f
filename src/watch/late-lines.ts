// In: a file that was replaced. Out: what was written to it after it was read, once nobody can write to it any more; and the same
// for files whose replacing was cut off by a crash.
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { belongsTo, carriedOf, isBeside, isTemporaryOf } from "./beside.ts";
import { readFrom } from "./byte-range.ts";
import { appendInOrder } from "./fresh-file.ts";
import { writersOf } from "./writers.ts";

/** How long somebody may keep the old file open who opened it just before it was replaced. In milliseconds. */
const PATIENCE = 2000;
const STEP = 5;
/** Where the platform does not say who holds a file, a write that was on its way has this long. In milliseconds. */
const GRACE = 100;

/**
 * Waits until nobody holds the old file open for writing. Nobody can open it any more, so that what is read then is all.
 *
 * @param carried how many of its bytes are in the new file
 * @returns writers that did not let go; then `bytes` may not be all
 */
export function lateLines(old: number, carried: number): { writers: readonly number[]; bytes: Buffer } {
  const stats = fstatSync(old);
  let writers = writersOf(stats);
  if (writers === undefined) pause(GRACE);
  for (let waited = 0; writers !== undefined && writers.length > 0 && waited < PATIENCE; waited += STEP) {
    pause(STEP);
    writers = writersOf(stats);
  }
  return { writers: writers ?? [], bytes: readFrom(old, carried) };
}

/** @returns those of the paths whose replacing was cut off by a crash, or goes on at this moment */
export function unfinished(paths: readonly string[]): string[] {
  const named = new Map<string, readonly string[]>();
  return paths.filter((path) => {
    const folder = dirname(path);
    const names = named.get(folder) ?? namesBeside(folder);
    named.set(folder, names);
    return names.some((name) => belongsTo(name, path));
  });
}

function namesBeside(folder: string): string[] {
  try {
    return readdirSync(folder).filter(isBeside);
  } catch {
    return []; // removed meanwhile
  }
}

/**
 * Ends what a crash cut off: removes what was written beside, and carries over the last lines of files that were replaced.
 *
 * @returns processes that still write to such a file
 */
export function recover(path: string): readonly number[] {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    const carried = carriedOf(name, path);
    if (isTemporaryOf(name, path)) rmSync(join(folder, name), { force: true });
    if (carried === undefined) continue;
    const writers = carryOver(join(folder, name), carried, path);
    if (writers.length > 0) return writers;
  }
  return [];
}

function carryOver(old: string, carried: number, path: string): readonly number[] {
  const descriptor = openSync(old, "r");
  try {
    const current = statSync(path, { throwIfNoEntry: false });
    const isReplaced = current !== undefined && current.ino !== fstatSync(descriptor).ino;
    if (isReplaced) {
      const { writers, bytes } = lateLines(descriptor, carried);
      if (writers.length > 0) return writers;
      // They may have been carried over just before the crash.
      if (bytes.length > 0 && !readFileSync(path).includes(bytes)) {
        appendInOrder(path, current, bytes, "in any order");
      }
    }
    rmSync(old, { force: true });
    return [];
  } finally {
    closeSync(descriptor);
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
