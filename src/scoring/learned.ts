// In: trees.json. Out: its trees, ready to be asked. The file says how, on what and with which result they were trained.
import { FEATURES, type Feature } from "./line-features.ts";
import data from "./trees.json" with { type: "json" };
import { LEAVES, QUESTIONS, type Trees } from "./trees.ts";

export interface WrittenTree {
  /** The questions: `feature>threshold`, a blank between two. */
  readonly ask: string;
  readonly say: readonly number[];
}

export function readTrees(written: readonly WrittenTree[]): Trees {
  const features = new Int32Array(written.length * QUESTIONS);
  const thresholds = new Float32Array(written.length * QUESTIONS);
  const leaves = new Float64Array(written.length * LEAVES);
  written.forEach(({ ask, say }, tree) => {
    ask.split(" ").forEach((question, i) => {
      const [feature, threshold] = question.split(">");
      features[tree * QUESTIONS + i] = FEATURES.indexOf(feature as Feature);
      thresholds[tree * QUESTIONS + i] = Number(threshold);
    });
    leaves.set(say, tree * LEAVES);
  });
  return { features, thresholds, leaves };
}

export const LEARNED: Trees = readTrees(data.trees);
