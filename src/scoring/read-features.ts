// In: a transcript. Out: for each block of a live observation its lines as rows of features. What a model is trained on and what it
// judges come from here both.
import { commandKind } from "../transcript/command-kind.ts";
import type { Block, Observation, Transcript } from "../transcript/types.ts";
import { readAgentUse } from "./agent-use.ts";
import { LineReader } from "./block-lines.ts";
import { fileKeys } from "./files.ts";
import { type Context, type FileUse, featuresOf, type Rows } from "./line-features.ts";
import * as tuned from "./weights.ts";
import { Words } from "./words.ts";

/** @returns the newest block first */
export function* readFeatures(
  transcript: Transcript,
): Generator<{ readonly block: Block; readonly rows: Rows }> {
  const observations = transcript.observations.filter(({ live }) => live);
  const words = new Words();
  const use = readAgentUse(transcript, observations, words);
  const reader = new LineReader(words);
  const blocks = observations.flatMap((observation, index) =>
    observation.blocks.flatMap((block) => reader.read(block, observation, index)),
  );
  const now = observations.length;
  const idf = reader.inverseFrequencies(now);
  const lastUse = new Int32Array(words.count).fill(-1);
  lastUse.set(use.lastUse.subarray(0, words.count));
  const fading = (memory: number) =>
    Float64Array.from(idf, (value, word) =>
      lastUse[word] === -1 ? 0 : value * Math.exp(-(now - lastUse[word]!) / memory),
    );
  const context: Context = {
    now,
    idf,
    lineIdf: reader.inverseLineFrequencies(),
    lastUse,
    recency: fading(tuned.WORD_MEMORY),
    lastRecency: fading(tuned.LAST_MEMORY),
    quotes: use.quotes,
    wordList: reader.wordList,
    files: fileUse(transcript, observations),
    seen: new Set(),
  };
  for (const lines of blocks.reverse()) yield { block: lines.block, rows: featuresOf(lines, context) };
}

function fileUse(transcript: Transcript, observations: readonly Observation[]): FileUse {
  const edits = new Map<string, number[]>();
  const lastRead = new Map<string, number>();
  const lastNamed = new Map<string, number>();
  observations.forEach(({ toolName, target }, index) => {
    const kind = commandKind(toolName, target);
    for (const file of fileKeys(target)) {
      lastNamed.set(file, index);
      if (kind === "read") lastRead.set(file, index);
      if (kind !== "edit") continue;
      const known = edits.get(file);
      if (known === undefined) edits.set(file, [index]);
      else known.push(index);
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
  return { edits, lastRead, lastNamed };
}
