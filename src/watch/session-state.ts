// In: what the watcher knows of one transcript. Out: the same from the store after a restart, so that nothing is read or cut twice.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFilesAtomically } from "../artifacts/atomic-write.ts";
import type { Store } from "../artifacts/store.ts";

export interface SessionState {
  readonly path: string;
  readonly ino: number;
  /** How far it was read: up to the end of a line. In bytes. */
  readonly offset: number;
  /** SHA-256 of the last bytes before `offset`: says whether the file is still the same. */
  readonly tail: string;
  /** Live context tokens up to there; an upper bound until a cut counts them all again. */
  readonly tokens: number;
  /** The same after the last cut, or when one was tried that freed too little; 0 before. */
  readonly sizeThen: number;
  readonly format: string | undefined;
  readonly cuts: number;
  readonly freed: number;
  /** The process that watches, or watched, it. */
  readonly watcher: number;
}

const FOLDER = "watch";
/** What an older version knew is not understood: then the transcript is read anew. */
const VERSION = 2;

export function saveState(store: Store, state: SessionState): void {
  mkdirSync(join(store.directory, FOLDER), { recursive: true, mode: 0o700 });
  const content = Buffer.from(`${JSON.stringify({ version: VERSION, ...state })}\n`);
  writeFilesAtomically([{ path: statePath(store, state.path), chunks: [content], mode: 0o600 }]);
}

export function loadState(store: Store, path: string): SessionState | undefined {
  return read(statePath(store, path));
}

export function loadStates(store: Store): SessionState[] {
  const folder = join(store.directory, FOLDER);
  if (!existsSync(folder)) return [];
  const states = readdirSync(folder).flatMap((name) => read(join(folder, name)) ?? []);
  return states.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function removeState(store: Store, path: string): void {
  rmSync(statePath(store, path), { force: true });
}

/** Named by a hash: paths of users do not reach the store. */
function statePath(store: Store, path: string): string {
  return join(store.directory, FOLDER, `${createHash("sha256").update(path).digest("hex")}.json`);
}

/** Undefined for what is not there or cannot be read: then the transcript is read anew. */
function read(path: string): SessionState | undefined {
  try {
    const { version, ...state } = JSON.parse(readFileSync(path, "utf8"));
    return version === VERSION ? state : undefined;
  } catch {
    return undefined;
  }
}
