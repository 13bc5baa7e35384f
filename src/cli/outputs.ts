// In: a result and its destination. Out: the result there whole or not at all, or an error that names the place.
import { type Stats, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { writeFilesAtomically } from "../artifacts/atomic-write.ts";
import { makeDirectories } from "../artifacts/make-directories.ts";
import { reasonOf } from "../artifacts/system-errors.ts";
import type { Destination } from "./destinations.ts";
import { type Io, ReaderGoneError, write } from "./io.ts";
import { CliError } from "./messages.ts";

/** A file that was touched so recently may belong to a session that runs. In milliseconds. */
const RECENT = 60_000;

const NEW_FILE_MODE = 0o600; // transcripts hold secrets

/**
 * Puts a result where it belongs.
 *
 * @throws CliError when it cannot be written, or when a file changed that would be replaced; ReaderGoneError
 */
export async function writeOutput(
  destination: Destination,
  chunks: readonly Buffer[],
  io: Pick<Io, "stdout" | "unguarded">,
): Promise<void> {
  try {
    if (destination.type === "stdout") await write(io.stdout, joined(chunks));
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
  { type, path, replaced }: Extract<Destination, { type: "file" | "in-place" }>,
  chunks: readonly Buffer[],
): void {
  makeDirectories(dirname(path));
  const file =
    replaced === undefined
      ? { path, chunks, mode: NEW_FILE_MODE }
      : { path, chunks, mode: replaced.mode & 0o777, owner: replaced };
  writeFilesAtomically([file], () => {
    if (type === "in-place" && replaced !== undefined) refuseChanged(path, replaced);
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
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

function refuseChanged(path: string, before: Stats): void {
  const now = statSync(path);
  if (now.size === before.size && now.mtimeMs === before.mtimeMs && now.ino === before.ino) return;
  throw new CliError("changed while it was compacted, expected it to rest; nothing was replaced", {
    hint: "run compact again",
  });
}
