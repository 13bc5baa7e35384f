// In: what was derived from transcripts and artifacts. Out: files under `.compact/memory`, and back. All of it can be made again, so
// what cannot be read is not there. Names are hashes; files appear whole, by rename, so that any number of processes may write.
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFilesAtomically } from "./atomic-write.ts";
import type { Store } from "./store.ts";

export type DerivedKind = "facts" | "pads" | "index";

const NAME = /^[0-9a-f]{64}$/;

export class DerivedFiles {
  private readonly directory: string;

  constructor(store: Store) {
    this.directory = join(store.directory, "memory");
  }

  /** Names of what is there, ascending. */
  names(kind: DerivedKind): string[] {
    try {
      return readdirSync(join(this.directory, kind))
        .filter((name) => NAME.test(name))
        .sort();
    } catch {
      return [];
    }
  }

  read(kind: DerivedKind, name: string): Buffer | undefined {
    try {
      return readFileSync(this.path(kind, name));
    } catch {
      return undefined;
    }
  }

  /** @throws the error of the file system */
  write(kind: DerivedKind, name: string, content: Uint8Array): void {
    const path = this.path(kind, name);
    mkdirSync(join(this.directory, kind), { recursive: true, mode: 0o700 });
    writeFilesAtomically([{ path, chunks: [content], mode: 0o600 }]);
  }

  remove(kind: DerivedKind, name: string): void {
    rmSync(this.path(kind, name), { force: true });
  }

  private path(kind: DerivedKind, name: string): string {
    if (!NAME.test(name)) throw new Error(`${name}: expected a name of 64 hex digits`);
    return join(this.directory, kind, name);
  }
}
