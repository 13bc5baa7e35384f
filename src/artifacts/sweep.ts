// In: a store, the transcripts that count, and the time. Out: the files of the store that nobody needs. Removes nothing, and names
// nothing where it cannot tell: what is damaged is an error, and what is young stays.
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { REF_LENGTH } from "../transcript/marker.ts";
import { TEMPORARY_PREFIX } from "./atomic-write.ts";
import { knownPrefixes, stepsBack } from "./steps-back.ts";
import { type Store, StoreError } from "./store.ts";

/** A run writes artifacts before it writes what names them; no run takes an hour. In milliseconds. */
const YOUNG = 3_600_000;

/** Why a file is there; the order is that of the report. */
export type StoredKind = "artifacts" | "undo" | "runs" | "temporary";

export interface StoredFile {
  readonly path: string;
  readonly kind: StoredKind;
  /** The SHA-256 that its name says; of temporary files the name. */
  readonly name: string;
  readonly bytes: number;
}

/** What is needed to restore some transcripts and to answer what their markers say. */
export class Needed {
  /** SHA-256 of outputs on the way back. */
  private readonly outputs = new Set<string>();
  /** The first digits of artifacts. */
  private readonly refs = new Set<string>();
  private readonly store: Store;
  /** Of all that has a record or a run. */
  private readonly names: ReadonlySet<string>;

  constructor(store: Store) {
    this.store = store;
    this.names = new Set([...store.undoNames(), ...runNames(store)]);
  }

  /**
   * One more transcript that counts, however often it was compacted.
   *
   * @throws StoreError when a record or a run on the way back is damaged
   */
  add(transcript: Buffer): void {
    this.addState(transcript);
    for (const { bytes } of stepsBack(transcript, this.store)) this.addState(bytes);
  }

  /** By its markers, and by every run that ended in what it began with: one of a hook may have removed nothing. */
  private addState(transcript: Buffer): void {
    this.addRefs(refsIn(transcript));
    for (const { sha256 } of knownPrefixes(transcript, this.names)) {
      this.outputs.add(sha256);
      this.addRefs(refsOfRun(sha256, this.store));
    }
  }

  has({ kind, name }: StoredFile): boolean {
    return kind === "artifacts" ? this.refs.has(refOf(name)) : this.outputs.has(name);
  }

  private addRefs(refs: Iterable<string>): void {
    for (const ref of refs) this.refs.add(ref);
  }
}

/**
 * Without transcripts that count: artifacts that no run names, and what crashes left half written. With them: everything
 * that they do not need.
 *
 * @param now milliseconds since 1970
 * @throws StoreError when a run cannot be read; the error of the file system
 */
export function unneeded(store: Store, needed: Needed | undefined, now: number): StoredFile[] {
  const files = [...storedFiles(store.directory)].filter(({ modified }) => now - modified > YOUNG);
  const isNeeded = needed === undefined ? namedByRuns(store) : (file: StoredFile) => needed.has(file);
  return files.filter((file) => file.kind === "temporary" || !isNeeded(file));
}

/** Records and runs are not orphans as long as nobody says which transcripts count. */
function namedByRuns(store: Store): (file: StoredFile) => boolean {
  const refs = new Set(runNames(store).flatMap((name) => refsOfRun(name, store)));
  return ({ kind, name }) => kind !== "artifacts" || refs.has(refOf(name));
}

/** Markers are ASCII, and the same at every depth of JSON. */
function refsIn(transcript: Buffer): string[] {
  const markers = transcript.toString("latin1").matchAll(/\[compact get ([0-9a-f]{8})\b/g);
  return Array.from(markers, ([, ref]) => ref!);
}

function runNames({ directory }: Store): string[] {
  const runs = entriesOf(join(directory, "runs")).filter((name) => name.endsWith(".jsonl"));
  return runs.map((name) => basename(name, ".jsonl"));
}

function refsOfRun(output: string, store: Store): string[] {
  const path = join(store.directory, "runs", `${output}.jsonl`);
  try {
    const records = readFileSync(path, "utf8").trimEnd().split("\n");
    const [, ...entries] = records.map((record): { artifact: string } => JSON.parse(record));
    return entries.map(({ artifact }) => refOf(artifact));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new StoreError(`${path}: not a readable run, so what it needs is unknown`, { cause });
  }
}

function refOf(sha256: string): string {
  return sha256.slice(0, REF_LENGTH);
}

const NAMES: readonly (readonly [kind: StoredKind, name: RegExp])[] = [
  ["artifacts", /^([0-9a-f]{64})\.txt$/],
  ["undo", /^([0-9a-f]{64})\.br$/],
  ["runs", /^([0-9a-f]{64})\.jsonl$/],
];

/** Of other folders, and of names that are not ours, only what a crash left. */
function* storedFiles(directory: string, folder = ""): Generator<StoredFile & { readonly modified: number }> {
  for (const entry of entriesOf(join(directory, folder))) {
    const path = join(directory, folder, entry);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue; // another process removed it
    const { mtimeMs: modified, size: bytes } = stat;
    if (stat.isDirectory()) yield* storedFiles(directory, join(folder, entry));
    else if (entry.startsWith(TEMPORARY_PREFIX))
      yield { path, kind: "temporary", name: entry, bytes, modified };
    else {
      for (const [kind, pattern] of NAMES) {
        const name = folder.split(sep)[0] === kind ? pattern.exec(entry)?.[1] : undefined;
        if (name !== undefined) yield { path, kind, name, bytes, modified };
      }
    }
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
