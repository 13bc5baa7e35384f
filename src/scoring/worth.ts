// In: a transcript. Out: what each line of each live observation is worth keeping, as a positive number of which only ratios mean
// anything. Knows nothing of budgets, prices and markers.
import type { Block, Transcript } from "../transcript/types.ts";
import { LEARNED } from "./learned.ts";
import { FEATURES, type Rows, WIDTH } from "./line-features.ts";
import { addNameWorths, type ScoredLines } from "./name-worth.ts";
import { readFeatures } from "./read-features.ts";
import { sumOfLeaves, type Trees } from "./trees.ts";
import { LEARNED_SHARE, WEIGHTS } from "./weights.ts";

/** The worth of each line of each block of a live observation. */
export type Worths = ReadonlyMap<Block, Float64Array>;

/** The features that weigh anything. */
const WEIGHED = FEATURES.flatMap((name, at) =>
  WEIGHTS[name] === undefined ? [] : [{ at, weight: WEIGHTS[name] }],
);

export function scoreLines(transcript: Transcript): Worths {
  const { now, written, blocks } = readFeatures(transcript);
  const scored = Array.from(blocks, ({ lines, rows }): ScoredLines => ({ lines, worth: worthOf(rows) }));
  divideByMean(scored);
  addNameWorths(scored, written, now);
  return new Map(scored.map(({ lines, worth }) => [lines.block, worth]));
}

function divideByMean(scored: readonly ScoredLines[]): void {
  let sum = 0;
  let count = 0;
  for (const { worth } of scored) {
    for (const value of worth) sum += value;
    count += worth.length;
  }
  const mean = sum / count || 1;
  for (const { worth } of scored) for (let i = 0; i < worth.length; i++) worth[i]! /= mean;
}

/** @param learnedShare 0 for the weights alone, 1 for the trees alone */
export function worthOf(
  { values, isNewest }: Rows,
  trees: Trees = LEARNED,
  learnedShare: number = LEARNED_SHARE,
): Float64Array {
  const worth = new Float64Array(isNewest.length);
  for (let line = 0; line < worth.length; line++) {
    if (isNewest[line] === 0) continue;
    let s = 0;
    for (const { at, weight } of WEIGHED) s += weight * values[line * WIDTH + at]!;
    const learned = sumOfLeaves(trees, values, line * WIDTH);
    worth[line] = Math.exp((1 - learnedShare) * s + learnedShare * learned);
  }
  return worth;
}
