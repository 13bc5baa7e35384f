// In: what a run removed. Out: files under `.compact`, and back. The only place that knows how the store is laid out
// (DESIGN 9). Names come from hashes alone: no path of a user or a transcript reaches the file system here.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { REF_LENGTH } from "../transcript/marker.ts";
import type { Artifact } from "./artifact.ts";
import { AtomicWriting } from "./atomic-write.ts";
import { makeDirectories } from "./make-directories.ts";
import { reasonOf } from "./system-errors.ts";
import { type Digest, decodeUndo, encodeUndo, type Undo } from "./undo.ts";

export const STORE_NAME = ".compact";
const IGNORE_FILE = ".gitignore";

/** A folder that holds anything else is somebody's own, and not ours to hide from git. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  "artifacts",
  "runs",
  "undo",
  "memory",
  "ready",
  "watch",
  "harness",
  IGNORE_FILE,
]);

/** Transcripts hold secrets: nobody else may read them. */
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

/** One artifact as a run lists it. */
export interface RunEntry {
  readonly artifact: Artifact;
  readonly tokens: number;
}

/** Something in the store is not what it should be. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly hint: string | undefined;
  constructor(message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
  }
}

export class Store {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  /**
   * The store that a command works with: the one named, else the nearest `.compact` from `from` upwards, else the one that
   * would be created there.
   */
  static find(named: string | undefined, from: string): Store {
    if (named !== undefined) return new Store(resolve(from, named));
    for (let place = resolve(from); ; place = dirname(place)) {
      const candidate = join(place, STORE_NAME);
      if (existsSync(candidate)) return new Store(candidate);
      if (place === dirname(place)) return new Store(join(resolve(from), STORE_NAME));
    }
  }

  /**
   * Puts the artifacts, the undo record and the run on disk, in this order, so that whatever names something comes after it.
   *
   * @returns bytes added; 0 where all of it was there already
   */
  save(undo: Undo, entries: readonly RunEntry[], format: string): Promise<number> {
    const isKnown = this.readableUndo(undo.output.sha256) !== undefined;
    return this.write(undo, isKnown ? undefined : encodeUndo(undo), entries, format);
  }

  /**
   * Puts artifacts on disk of which nothing was removed yet: a run whose output is its input, without an undo record.
   *
   * @returns bytes added; 0 where all of it was there already
   */
  saveTexts(whole: Digest, entries: readonly RunEntry[], format: string): Promise<number> {
    return this.write({ input: whole, output: whole }, undefined, entries, format);
  }

  private async write(
    run: Pick<Undo, "input" | "output">,
    record: Promise<Buffer> | undefined,
    entries: readonly RunEntry[],
    format: string,
  ): Promise<number> {
    const { sha256 } = run.output;
    const isOurs = listDirectory(this.directory).every((name) => OWN_NAMES.has(name));
    const writing = new AtomicWriting();
    const add = (path: string, content: Buffer): number => {
      makeDirectories(dirname(path), DIRECTORY_MODE);
      writing.add({ path, chunks: [content], mode: FILE_MODE });
      return content.length;
    };
    try {
      let added = 0;
      for (const [name, { text }] of new Map(entries.map(({ artifact }) => [artifact.sha256, artifact]))) {
        const path = this.artifactPath(name);
        if (!existsSync(path)) added += add(path, Buffer.from(text, "utf8"));
      }
      if (record !== undefined) added += add(this.undoPath(sha256), await record);
      const list = join(this.directory, "runs", `${sha256}.jsonl`);
      if (!existsSync(list)) added += add(list, Buffer.from(printRun(run, entries, format)));
      const ignore = join(this.directory, IGNORE_FILE);
      if (isOurs && !existsSync(ignore)) add(ignore, Buffer.from("*\n"));
      writing.publish();
      return added;
    } finally {
      writing.discard();
    }
  }

  /** SHA-256 of every output that has an undo record. */
  undoNames(): ReadonlySet<string> {
    return new Set(this.list("undo").map((name) => name.replace(/\.br$/, "")));
  }

  /** @throws StoreError when the record is missing or damaged */
  undo(outputSha256: string): Undo {
    try {
      return decodeUndo(readFileSync(this.undoPath(outputSha256)));
    } catch (cause) {
      throw this.damagedUndo(outputSha256, "not a readable undo record", cause);
    }
  }

  /** The record, or undefined where there is none or none that can be read. */
  readableUndo(outputSha256: string): Undo | undefined {
    if (!existsSync(this.undoPath(outputSha256))) return undefined;
    try {
      return this.undo(outputSha256);
    } catch {
      return undefined;
    }
  }

  damagedUndo(outputSha256: string, problem: string, cause?: unknown): StoreError {
    return new StoreError(`${this.undoPath(outputSha256)}: ${problem}`, {
      hint: "move it away to fill what the model sees from the artifacts",
      cause,
    });
  }

  /** SHA-256 of all artifacts whose name begins with a ref, ascending. */
  artifactsOf(ref: string): string[] {
    return this.list(join("artifacts", ref.slice(0, 2)))
      .filter((name) => name.startsWith(ref) && name.endsWith(".txt"))
      .map((name) => name.slice(0, -".txt".length))
      .sort();
  }

  /** SHA-256 of every artifact, ascending. */
  artifactNames(): string[] {
    const root = join(this.directory, "artifacts");
    return listDirectory(root)
      .flatMap((folder) => listDirectory(join(root, folder)))
      .flatMap((name) => (/^[0-9a-f]{64}\.txt$/.test(name) ? [name.slice(0, 64)] : []))
      .sort();
  }

  /** @throws StoreError when the text is not what its name says; the error of the file system */
  artifact(sha256: string): Buffer {
    const path = this.artifactPath(sha256);
    const text = readFileSync(path);
    if (createHash("sha256").update(text).digest("hex") === sha256) return text;
    throw new StoreError(`${path} is damaged, expected a text of that SHA-256`);
  }

  artifactSize(sha256: string): number {
    return statSync(this.artifactPath(sha256)).size;
  }

  private list(folder: string): string[] {
    try {
      return listDirectory(join(this.directory, folder));
    } catch (cause) {
      throw new StoreError(`the store ${this.directory} cannot be read: ${reasonOf(cause)}`, {
        hint: "name another place with -a DIR",
        cause,
      });
    }
  }

  private artifactPath(sha256: string): string {
    return join(this.directory, "artifacts", sha256.slice(0, 2), `${sha256}.txt`);
  }

  private undoPath(sha256: string): string {
    return join(this.directory, "undo", `${sha256}.br`);
  }
}

/** A ref as people type it: what a marker prints, or more digits of the same hash. */
export function isRef(text: string): boolean {
  return new RegExp(`^[0-9a-f]{${REF_LENGTH},64}$`).test(text);
}

function listDirectory(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** A header, then one line an artifact: what a search is derived from. */
function printRun(
  { input, output }: Pick<Undo, "input" | "output">,
  entries: readonly RunEntry[],
  format: string,
): string {
  const header = { version: 1, format, input, output };
  const lines = entries.map(({ artifact: { sha256, observation }, tokens }) => ({
    artifact: sha256,
    tool: observation.toolName,
    target: observation.target,
    outcome: observation.outcome,
    tokens,
    entry: observation.blocks[0]?.entry.index,
  }));
  return [header, ...lines].map((record) => `${JSON.stringify(record)}\n`).join("");
}
