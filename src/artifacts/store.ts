// In: what a run removed. Out: files under `.compact`, and back. The only place that knows how the store is laid out
// (DESIGN 9). Names come from hashes alone: no path of a user or a transcript reaches the file system here.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { REF_LENGTH } from "../transcript/marker.ts";
import type { Artifact } from "./artifact.ts";
import { type FileToWrite, writeFilesAtomically } from "./atomic-write.ts";
import { decodeUndo, encodeUndo, type Undo } from "./undo.ts";

export const STORE_NAME = ".compact";

/** Transcripts hold secrets: nobody else may read them. */
const DIRECTORY_MODE = 0o700;
const FILE_MODE = 0o600;

/** One artifact as a run lists it. */
export interface RunEntry {
  readonly artifact: Artifact;
  readonly tokens: number;
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
  save(undo: Undo, entries: readonly RunEntry[], format: string): number {
    const { sha256 } = undo.output;
    const files: FileToWrite[] = [];
    const add = (path: string, content: () => Buffer) => {
      if (existsSync(path)) return;
      mkdirSync(dirname(path), { recursive: true, mode: DIRECTORY_MODE });
      files.push({ path, chunks: [content()], mode: FILE_MODE });
    };
    const artifacts = new Map(entries.map(({ artifact }) => [artifact.sha256, artifact]));
    for (const artifact of artifacts.values()) {
      add(this.artifactPath(artifact.sha256), () => Buffer.from(artifact.text, "utf8"));
    }
    add(this.undoPath(sha256), () => encodeUndo(undo));
    add(join(this.directory, "runs", `${sha256}.jsonl`), () => Buffer.from(printRun(undo, entries, format)));
    this.ignoreInGit();
    writeFilesAtomically(files);
    return files.reduce((sum, { chunks }) => sum + chunks[0]!.length, 0);
  }

  /** SHA-256 of every output that has an undo record. */
  undoNames(): ReadonlySet<string> {
    return new Set(listDirectory(join(this.directory, "undo")).map((name) => name.replace(/\.br$/, "")));
  }

  /** @throws Error when the record is missing or damaged */
  undo(outputSha256: string): Undo {
    const path = this.undoPath(outputSha256);
    try {
      return decodeUndo(readFileSync(path));
    } catch (cause) {
      throw new Error(`${path}: not a readable undo record`, { cause });
    }
  }

  /** SHA-256 of all artifacts whose name begins with a ref, ascending. */
  artifactsOf(ref: string): string[] {
    const folder = join(this.directory, "artifacts", ref.slice(0, 2));
    return listDirectory(folder)
      .filter((name) => name.startsWith(ref) && name.endsWith(".txt"))
      .map((name) => name.slice(0, -".txt".length))
      .sort();
  }

  /** @throws the error of the file system */
  artifact(sha256: string): Buffer {
    return readFileSync(this.artifactPath(sha256));
  }

  artifactSize(sha256: string): number {
    return statSync(this.artifactPath(sha256)).size;
  }

  private artifactPath(sha256: string): string {
    return join(this.directory, "artifacts", sha256.slice(0, 2), `${sha256}.txt`);
  }

  private undoPath(sha256: string): string {
    return join(this.directory, "undo", `${sha256}.br`);
  }

  private ignoreInGit(): void {
    const path = join(this.directory, ".gitignore");
    if (!existsSync(path)) writeFileSync(path, "*\n", { mode: FILE_MODE });
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
function printRun({ input, output }: Undo, entries: readonly RunEntry[], format: string): string {
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
