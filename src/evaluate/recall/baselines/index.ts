// The registry of what we are compared with: methods that take a budget, and get ours to the token.
import type { Kept } from "../kept.ts";
import { fill } from "./fill.ts";
import { endsFirst, errorsFirst, inRandomOrder, newestFirst, tailsFirst, taskFirst } from "./line-orders.ts";
import type { Material } from "./material.ts";
import { oracle } from "./oracle.ts";
import { recentAndRare } from "./recent-and-rare.ts";
import { unigramPruning } from "./unigrams.ts";

export interface Baseline {
  readonly name: string;
  /** More than one for methods that throw dice: their recall is the mean. */
  keep(material: Material, budget: number): Iterable<Kept>;
}

const RANDOM_SEEDS = 20;

/** The one that sees the future: a ceiling, not a rival. */
export const ORACLE = "oracle";
/** What is left of the way from here to 1 is skill. */
export const RANDOM = "random lines";

export const baselines: readonly Baseline[] = [
  ordered("drop-oldest", newestFirst),
  ordered("head+tail", endsFirst),
  ordered("tail", tailsFirst),
  ordered("grep -B3 -A8", errorsFirst),
  ordered("BM25 on the task", taskFirst),
  { name: "recent + rare lines", keep: (material, budget) => [recentAndRare(material, budget)] },
  { name: "unigram token pruning", keep: (material, budget) => [unigramPruning(material, budget)] },
  {
    name: RANDOM,
    *keep(material, budget) {
      for (let seed = 1; seed <= RANDOM_SEEDS; seed++)
        yield fill(material, inRandomOrder(material, seed), budget);
    },
  },
  { name: ORACLE, keep: (material, budget) => [oracle(material, budget)] },
];

function ordered(name: string, order: (material: Material) => number[]): Baseline {
  return { name, keep: (material, budget) => [fill(material, order(material), budget)] };
}
