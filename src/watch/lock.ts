// In: a path. Out: the right to replace it, held by one process at a time. Advisory: harnesses know nothing of it, other compacts
// do. A lock whose owner died is taken over.
import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { threadId } from "node:worker_threads";
import { lockPath } from "./beside.ts";

/** Somebody else replaces the file at this moment. */
export class LockedError extends Error {
  override readonly name = "LockedError";
}

/**
 * Runs while nobody else does with the same path.
 *
 * @throws LockedError when somebody else does
 */
export function withLock<T>(path: string, use: () => T): T {
  const lock = lockPath(path);
  if (!create(lock) && !(removeIfStale(lock) && create(lock))) {
    throw new LockedError("another compact replaces it at this moment, expected none");
  }
  try {
    return use();
  } finally {
    rmSync(lock, { force: true });
  }
}

function create(lock: string): boolean {
  try {
    const descriptor = openSync(lock, "wx", 0o600);
    try {
      writeSync(descriptor, JSON.stringify({ pid: process.pid, host: hostname(), thread: threadId }));
    } finally {
      closeSync(descriptor);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** By a rename, which only one of several can do; what was renamed is looked at again, since it may be a newer lock by then. */
function removeIfStale(lock: string): boolean {
  if (!isStale(lock)) return false;
  const taken = `${lock}-${process.pid}-${threadId}`;
  try {
    renameSync(lock, taken);
  } catch {
    return false;
  }
  const wasStale = isStale(taken);
  if (wasStale) rmSync(taken, { force: true });
  else renameSync(taken, lock);
  return wasStale;
}

/** A lock that is being written is not stale yet. */
function isStale(lock: string): boolean {
  try {
    const { pid, host } = JSON.parse(readFileSync(lock, "utf8"));
    return host === hostname() && typeof pid === "number" && !isAlive(pid);
  } catch {
    return false;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
