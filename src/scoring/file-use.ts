// In: a transcript. Out: what became of the files that calls name: when they were read, edited and spoken of. Time is counted in
// observations.
import { commandKind } from "../transcript/command-kind.ts";
import type { Observation, Transcript } from "../transcript/types.ts";
import { fileKeys } from "./files.ts";

/** By `fileKeys`. */
export interface FileUse {
  readonly reads: ReadonlyMap<string, readonly number[]>;
  readonly edits: ReadonlyMap<string, readonly number[]>;
  /** Every observation of a call that names the file. */
  readonly calls: ReadonlyMap<string, readonly number[]>;
  /** By a call, or by the agent in so many words. */
  readonly lastNamed: ReadonlyMap<string, number>;
  /** By the last part of the path: how often the agent spoke of it. */
  readonly namedByAgent: ReadonlyMap<string, number>;
}

export function readFileUse(transcript: Transcript, observations: readonly Observation[]): FileUse {
  const reads = new Map<string, number[]>();
  const edits = new Map<string, number[]>();
  const calls = new Map<string, number[]>();
  const lastNamed = new Map<string, number>();
  observations.forEach(({ toolName, target }, index) => {
    const kind = commandKind(toolName, target);
    for (const file of new Set(fileKeys(target))) {
      lastNamed.set(file, index);
      add(calls, file, index);
      if (kind === "read") add(reads, file, index);
      if (kind === "edit") add(edits, file, index);
    }
  });
  const starts = new Map(observations.map(({ blocks }, index) => [blocks[0], index]));
  let now = 0;
  for (const block of transcript.blocks) {
    const index = starts.get(block);
    if (index !== undefined) now = index + 1;
    if (!block.live || block.role !== "assistant" || block.kind !== "text") continue;
    for (const file of fileKeys(block.text)) lastNamed.set(file, Math.max(lastNamed.get(file) ?? 0, now));
  }
  return { reads, edits, calls, lastNamed, namedByAgent: countMentions(transcript) };
}

function add(lists: Map<string, number[]>, file: string, index: number): void {
  const known = lists.get(file);
  if (known === undefined) lists.set(file, [index]);
  else known.push(index);
}

/** How often the agent named each file in what it said and thought. */
function countMentions({ blocks }: Transcript): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { live, role, kind, text } of blocks) {
    if (!live || role !== "assistant" || kind === "call") continue;
    for (const name of text?.match(NAME) ?? []) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const NAME = /[\w@~+-][\w.@~+-]*\.[a-z]\w*/gi;

export function fileName(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1);
}
