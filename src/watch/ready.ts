// In: a result that could not be put in place, since a writer holds the file. Out: the same from the store, when the writer is
// gone. One a file: a newer result replaces an older one.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFilesAtomically } from "../artifacts/atomic-write.ts";
import type { Store } from "../artifacts/store.ts";
import type { Digest } from "../artifacts/undo.ts";
import { type Replacement, type SwapOutcome, swap } from "./swap.ts";

const FOLDER = "ready";

export function leaveReady(store: Store, { path, beginning, chunks }: Replacement): void {
  mkdirSync(join(store.directory, FOLDER), { recursive: true, mode: 0o700 });
  const header = Buffer.from(`${JSON.stringify({ version: 1, path, beginning })}\n`);
  writeFilesAtomically([{ path: readyPath(store, path), chunks: [header, ...chunks], mode: 0o600 }]);
}

/** The paths of all transcripts for which a result is ready. */
export function readyPaths(store: Store): string[] {
  return readAll(store).map(({ path }) => path);
}

/** The results themselves: what is in the store for them is needed. */
export function readyResults(store: Store): Buffer[] {
  return readAll(store).map(({ chunks }) => Buffer.concat([...chunks]));
}

/**
 * Puts a result in place that was left ready.
 *
 * @returns undefined where there is none
 * @throws what `swap` throws
 */
export function swapReady(store: Store, path: string): SwapOutcome | undefined {
  const name = readyPath(store, path);
  if (!existsSync(name)) return undefined;
  const replacement = read(name);
  const outcome = replacement === undefined ? ({ status: "changed" } as const) : swap(replacement);
  if (outcome.status !== "held") rmSync(name, { force: true });
  return outcome;
}

/** Named by a hash: paths of users do not reach the store. */
function readyPath(store: Store, path: string): string {
  return join(store.directory, FOLDER, createHash("sha256").update(path).digest("hex"));
}

function readAll(store: Store): Replacement[] {
  const folder = join(store.directory, FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => read(join(folder, name)) ?? []);
}

/** Undefined for what is gone or is not ours. */
function read(name: string): Replacement | undefined {
  try {
    const bytes = readFileSync(name);
    const end = bytes.indexOf(10);
    const { version, path, beginning }: { version: number; path: string; beginning: Digest } = JSON.parse(
      bytes.toString("utf8", 0, end),
    );
    return version === 1 ? { path, beginning, chunks: [bytes.subarray(end + 1)] } : undefined;
  } catch {
    return undefined;
  }
}
