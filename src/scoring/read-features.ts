// In: a transcript. Out: for each block of a live observation its lines as rows of features. What a model is trained on and what it
// judges come from here both.
import type { Transcript } from "../transcript/types.ts";
import { readAgentUse } from "./agent-use.ts";
import { type BlockLines, LineReader } from "./block-lines.ts";
import type { Context } from "./feature-context.ts";
import { readFileUse } from "./file-use.ts";
import { featuresOf, type Rows } from "./line-features.ts";
import * as tuned from "./weights.ts";
import { Words } from "./words.ts";

export interface Featured {
  /** How many live observations there are. */
  readonly now: number;
  /** What people and the agent wrote. */
  readonly written: readonly string[];
  /** The newest first. To be gone through once: what a block is worth depends on those before it. */
  readonly blocks: Iterable<{ readonly lines: BlockLines; readonly rows: Rows }>;
}

export function readFeatures(transcript: Transcript): Featured {
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
  const lineIdf = reader.inverseLineFrequencies();
  const fading = (rarity: Float64Array, memory: number) => {
    const faded = new Float64Array(rarity.length);
    for (let word = 0; word < faded.length; word++) {
      if (lastUse[word] !== -1) faded[word] = rarity[word]! * Math.exp(-(now - lastUse[word]!) / memory);
    }
    return faded;
  };
  const context: Context = {
    now,
    idf,
    lineIdf,
    lastUse,
    recency: fading(idf, tuned.WORD_MEMORY),
    lastRecency: fading(idf, tuned.LAST_MEMORY),
    freshness: fading(lineIdf, tuned.WORD_MEMORY),
    quotes: use.quotes,
    wordList: reader.wordList,
    files: readFileUse(transcript, observations),
    seen: new Set(),
  };
  return { now, written: use.written, blocks: rowsOf(blocks.reverse(), context) };
}

function* rowsOf(blocks: readonly BlockLines[], context: Context) {
  for (const lines of blocks) yield { lines, rows: featuresOf(lines, context) };
}
