// In: the report of each file, in any order. Out: the same, sorted as the files are. Few of them stay in memory; many, or those
// that an interrupted run should leave behind, go to a journal on disk, one JSON line each.

import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileReport } from "../report/report.ts";
import { fileLines } from "./file-lines.ts";
import type { Input } from "./inputs.ts";

/** Reports of so many files stay in memory; each takes some 3 kB. */
const MOST_IN_MEMORY = 1000;

/** What tells a file that was done from one that has changed since. */
export interface Stamp {
  readonly size: number;
  /** In milliseconds. */
  readonly modified: number;
}

/** Those that are there, in the order of the files. Can be read more than once. */
export interface Rows extends Iterable<FileReport> {
  /** @param row the report of the file as JSON */
  add(input: Input, row: string): void;
  /** Whether an earlier run did this file, and it is as it was then. */
  isDone(input: Input): boolean;
  /** @param isComplete a journal that misses something stays, for `--resume` */
  close(isComplete: boolean): void;
}

/**
 * @param journal where rows outlive the run; undefined where nothing could be resumed
 * @param resume whether to go on with the journal that is there
 */
export function rowsFor(inputs: readonly Input[], journal: string | undefined, resume: boolean): Rows {
  if (journal !== undefined) return new Journal(inputs, journal, { resume, isKept: true });
  return inputs.length <= MOST_IN_MEMORY ? new MemoryRows(inputs) : rowsOnDisk(inputs);
}

/** @param inputs may still grow, and is read in its order in the end */
export function rowsOnDisk(inputs: readonly Input[]): Rows {
  const path = join(tmpdir(), `.compact-rows-${randomBytes(8).toString("hex")}`);
  return new Journal(inputs, path, { resume: false, isKept: false });
}

export function stampOf({ path }: Input): Stamp | undefined {
  if (path === undefined) return undefined;
  try {
    const { size, mtimeMs } = statSync(path);
    return { size, modified: mtimeMs };
  } catch {
    return undefined; // reading it will say why
  }
}

class MemoryRows implements Rows {
  private readonly inputs: readonly Input[];
  private readonly rows = new Map<string, string>();

  constructor(inputs: readonly Input[]) {
    this.inputs = inputs;
  }

  add(input: Input, row: string): void {
    this.rows.set(input.name, row);
  }

  isDone(): boolean {
    return false;
  }

  *[Symbol.iterator](): Generator<FileReport> {
    for (const { name } of this.inputs) {
      const row = this.rows.get(name);
      if (row !== undefined) yield JSON.parse(row);
    }
  }

  close(): void {}
}

/** One line of a journal. */
interface Entry extends Partial<Stamp> {
  readonly name: string;
  readonly report: FileReport;
}

/** In bytes of the journal. */
interface Place {
  readonly start: number;
  readonly length: number;
  readonly stamp: Stamp | undefined;
}

class Journal implements Rows {
  private readonly inputs: readonly Input[];
  private readonly path: string;
  private readonly isKept: boolean;
  private readonly descriptor: number;
  private readonly places = new Map<string, Place>();
  private readonly done = new Set<string>();
  private end = 0;

  constructor(
    inputs: readonly Input[],
    path: string,
    { resume, isKept }: { resume: boolean; isKept: boolean },
  ) {
    this.inputs = inputs;
    this.path = path;
    this.isKept = isKept;
    const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
    if (resume && isThere) this.readEarlier();
    else rmSync(path, { force: true }); // another run may be writing to it: that one keeps its own file
    this.descriptor = openSync(path, resume && isThere ? "r+" : "wx+", 0o600);
  }

  add(input: Input, row: string): void {
    const stamp = this.isKept ? stampOf(input) : undefined;
    const head = JSON.stringify({ name: input.name, ...stamp });
    const line = Buffer.from(`${head.slice(0, -1)},"report":${row}}\n`);
    writeSync(this.descriptor, line, 0, line.length, this.end);
    this.places.set(input.name, { start: this.end, length: line.length, stamp });
    this.end += line.length;
  }

  isDone(input: Input): boolean {
    if (!this.done.has(input.name)) return false;
    const known = this.places.get(input.name)?.stamp;
    const now = stampOf(input);
    return now !== undefined && known?.size === now.size && known.modified === now.modified;
  }

  *[Symbol.iterator](): Generator<FileReport> {
    for (const { name } of this.inputs) {
      const place = this.places.get(name);
      if (place === undefined) continue;
      const line = Buffer.alloc(place.length);
      readSync(this.descriptor, line, 0, place.length, place.start);
      yield (JSON.parse(line.toString("utf8")) as Entry).report;
    }
  }

  close(isComplete: boolean): void {
    if (isComplete || !this.isKept) rmSync(this.path, { force: true });
    else fsyncSync(this.descriptor);
    closeSync(this.descriptor);
  }

  /** What failed is tried again. A torn last line is what a kill leaves: it is written over. */
  private readEarlier(): void {
    for (const text of fileLines(this.path)) {
      const entry = parseEntry(text);
      if (entry === undefined) return;
      const length = Buffer.byteLength(text) + 1;
      const { name, size, modified, report } = entry;
      const stamp = size === undefined || modified === undefined ? undefined : { size, modified };
      this.places.set(name, { start: this.end, length, stamp });
      this.end += length;
      if (report.status === "failed") this.done.delete(name);
      else this.done.add(name);
    }
  }
}

function parseEntry(line: string): Entry | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
