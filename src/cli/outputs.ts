// In: a result and its destination. Out: the result there whole or not at all, or an error that names the place.
import { writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { writeFilesAtomically } from "../artifacts/atomic-write.ts";
import { makeDirectories } from "../artifacts/make-directories.ts";
import { reasonOf } from "../artifacts/system-errors.ts";
import type { Destination, NewDestination } from "./destinations.ts";
import { type Io, ReaderGoneError, write } from "./io.ts";
import { CliError } from "./messages.ts";

/** A file that was touched so recently may belong to a session that runs. In milliseconds. */
const RECENT = 60_000;

/** In bytes. */
const PART_SIZE = 4_000_000;

const NEW_FILE_MODE = 0o600; // transcripts hold secrets

/**
 * Puts a result where it belongs.
 *
 * @throws CliError when it cannot be written; ReaderGoneError
 */
export async function writeOutput(
  destination: NewDestination,
  chunks: Iterable<Buffer>,
  io: Pick<Io, "stdout" | "unguarded">,
): Promise<void> {
  try {
    if (destination.type === "stdout") for (const part of gathered(chunks)) await write(io.stdout, part);
    else if (destination.type === "device")
      io.unguarded(() => writeFileSync(destination.path, joined(chunks)));
    else writeWhole(destination, chunks);
  } catch (cause) {
    if (cause instanceof ReaderGoneError || cause instanceof CliError) throw cause;
    const place = destination.type === "stdout" ? "stdout" : destination.path;
    throw new CliError(`${place} cannot be written: ${reasonOf(cause)}`, { cause });
  }
}

function writeWhole(
  { path, replaced }: Extract<Destination, { type: "file" }>,
  chunks: Iterable<Buffer>,
): void {
  makeDirectories(dirname(path));
  const file =
    replaced === undefined
      ? { path, chunks, mode: NEW_FILE_MODE }
      : { path, chunks, mode: replaced.mode & 0o777, owner: replaced };
  writeFilesAtomically([file]);
}

/** Few writes, whatever the number of chunks, and no more in memory than a part. */
function* gathered(chunks: Iterable<Buffer>): Generator<Buffer> {
  let part: Buffer[] = [];
  let size = 0;
  for (const chunk of chunks) {
    part.push(chunk);
    size += chunk.length;
    if (size < PART_SIZE) continue;
    yield joined(part);
    part = [];
    size = 0;
  }
  if (part.length > 0) yield joined(part);
}

function joined(chunks: Iterable<Buffer>): Buffer {
  const all = [...chunks];
  return all.length === 1 ? all[0]! : Buffer.concat(all);
}

/** @throws CliError when a file is to be replaced to which a session may still write */
export function refuseRecent(destination: Destination, force: boolean): void {
  if (destination.type !== "in-place" || force) return;
  if (Date.now() - destination.replaced.mtimeMs >= RECENT) return;
  throw new CliError(
    "modified within the last minute, expected an older one: a session may still write to it",
    { hint: "wait, or add --force; nothing was replaced" },
  );
}
