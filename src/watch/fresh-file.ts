// In: bytes, and the file that they are to replace. Out: a file beside it, synced, of the same mode and owner; a second name for
// the old one; and lines appended behind the right byte.
import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { temporaryPath } from "./beside.ts";

export interface FreshFile {
  readonly path: string;
  /** Open for reading; whoever asked for the file closes it. */
  readonly descriptor: number;
  readonly size: number;
  readonly ino: number;
}

/** @throws the error of the file system, after removing what was written */
export function writeBeside(path: string, chunks: readonly Buffer[], like: Stats): FreshFile {
  const temporary = temporaryPath(path, randomBytes(8).toString("hex"));
  const descriptor = openSync(temporary, "wx+", 0o600);
  try {
    if (like.uid !== process.getuid?.() || like.gid !== process.getgid?.()) tryToGive(descriptor, like);
    fchmodSync(descriptor, like.mode & 0o777);
    for (const chunk of chunks) writeAll(descriptor, chunk);
    fsyncSync(descriptor);
    const { size, ino } = fstatSync(descriptor);
    // For reading only from here on: our own open file must not count as a writer's.
    return { path: temporary, descriptor: openSync(temporary, "r"), size, ino };
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Only root may give files away; for anybody else the new file is their own. */
function tryToGive(descriptor: number, { uid, gid }: Stats): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {}
}

/**
 * Keeps the file at the path reachable after it is replaced. Where the file system has no second names, a crash in the moment of
 * replacing could lose a line that is written in that moment; everything else holds.
 *
 * @returns false when another file is at the path by now
 */
export function giveSecondName(path: string, second: string, { dev, ino }: Stats): boolean {
  try {
    linkSync(path, second);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return false;
    if (!NO_SECOND_NAMES.has(code ?? "")) throw error;
  }
  const now = statSync(path, { throwIfNoEntry: false });
  return now?.ino === ino && now.dev === dev;
}

const NO_SECOND_NAMES: ReadonlySet<string> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/**
 * Appends right behind the byte with which a file ends as we know it.
 *
 * @param whenLonger what to do when others have appended to it first
 * @returns false when they have, and nothing was written
 */
export function appendInOrder(
  path: string,
  known: Pick<FreshFile, "size" | "ino">,
  bytes: Buffer,
  whenLonger: "refuse" | "in any order" = "refuse",
): boolean {
  const descriptor = openSync(path, "a+");
  try {
    const { size, ino } = fstatSync(descriptor);
    if (whenLonger === "refuse" && ino === known.ino && size !== known.size) return false;
    writeAll(descriptor, bytes);
    fsyncSync(descriptor);
    return true;
  } finally {
    closeSync(descriptor);
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}
