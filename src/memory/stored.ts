// In: a store. Out: what memory keeps in it, and what a search reads from it. The only file of memory that knows a store; all file
// work is that of src/artifacts.
import { createHash } from "node:crypto";
import { dirname, relative } from "node:path";
import { DerivedFiles, type DerivedKind } from "../artifacts/derived.ts";
import { readRuns } from "../artifacts/runs.ts";
import type { Store } from "../artifacts/store.ts";
import type { FactSet } from "./facts/fact-set.ts";
import { mergePads, type Pad } from "./pads/index.ts";
import type { SearchSources } from "./search/index.ts";

/** What a transcript is called in the store: by its place beside the store, so that both can be moved together. */
export function storedName(store: Store, path: string): string {
  return relative(dirname(store.directory), path).replaceAll("\\", "/");
}

/** Keeps what one transcript says in the place of what it said before. @throws the error of the file system */
export function keep(
  store: Store,
  kind: Exclude<DerivedKind, "index">,
  transcript: string,
  content: unknown,
): void {
  const name = createHash("sha256").update(transcript).digest("hex");
  new DerivedFiles(store).write(kind, name, Buffer.from(`${JSON.stringify(content)}\n`));
}

export function keptFacts(store: Store): FactSet[] {
  return kept<FactSet>(store, "facts").filter(({ version }) => version === 1);
}

/** Those of all transcripts, equal ones as one. */
export function keptPads(store: Store): Pad[] {
  return mergePads(
    kept<Pad[]>(store, "pads")
      .flat()
      .filter(({ version }) => version === 1),
  );
}

/** What is damaged is left out: it can be made again. */
export function kept<T>(store: Store, kind: Exclude<DerivedKind, "index">): T[] {
  const files = new DerivedFiles(store);
  return files.names(kind).flatMap((name) => {
    try {
      return [JSON.parse(files.read(kind, name)?.toString("utf8") ?? "") as T];
    } catch {
      return [];
    }
  });
}

export function searchSources(store: Store): SearchSources {
  const files = new DerivedFiles(store);
  return {
    index: {
      artifacts: () => store.artifactNames(),
      artifact: (name) => readArtifact(store, name),
      segments: () => files.names("index"),
      segment: (name) => files.read("index", name),
      write: (name, bytes) => files.write("index", name, bytes),
      remove: (name) => files.remove("index", name),
    },
    runs: () => readRuns(store.directory),
    facts: () => keptFacts(store),
    pads: () =>
      keptPads(store).map(({ id, task, steps, sources }) => ({
        id,
        text: [task, ...steps.map(({ action, text }) => `${action} ${text}`)].join("\n"),
        transcript: sources.map(({ transcript }) => transcript).join(" "),
      })),
  };
}

function readArtifact(store: Store, name: string): string | undefined {
  try {
    return store.artifact(name).toString("utf8");
  } catch {
    return undefined;
  }
}
