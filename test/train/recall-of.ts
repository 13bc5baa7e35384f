// In: a case, the worth of its lines and a share of its tokens. Out: how much of both families a selection by this worth keeps: the
// selection with what is protected and what markers cost, without other stages and without the steps of a ladder.
import type { Place, Reference } from "../../src/evaluate/recall/reference.ts";
import { bestPath, type PathBlock } from "../../src/scoring/index.ts";
import type { Case } from "./cases.ts";

/** What `[...12-52]` and what a block marker cost with their line ends, in tokens. */
const GAP_TOKENS = 7;
const MARKER_TOKENS = 20;
const HALVINGS = 24;

export interface FamilyRecall {
  readonly v: number | undefined;
  readonly t: number | undefined;
}

/** @param worths by observation and line */
export function recallOf(one: Case, worths: readonly Float64Array[], share: number): FamilyRecall {
  const budget = share * one.observations.reduce((sum, { prices }) => sum + total(prices), 0);
  const blocks = one.observations.map(
    ({ prices, fixed }, i): PathBlock => ({
      worth: worths[i]!,
      cost: prices,
      fixed,
      firstGapCost: MARKER_TOKENS,
      gapCost: GAP_TOKENS,
    }),
  );
  let low = Math.log(1e-9);
  let high = Math.log(1e9);
  let keeps: Uint8Array[] = blocks.map(({ fixed }) => fixed);
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    const tried = blocks.map((block) => bestPath(block, Math.exp(middle)));
    if (blocks.reduce((sum, block, at) => sum + costOf(block, tried[at]!), 0) > budget) low = middle;
    else {
      high = middle;
      keeps = tried;
    }
  }
  const isThere = ({ places }: Reference) =>
    places.some(({ shown, anyOf }: Place) =>
      anyOf.every((group) => group.some((line) => keeps[shown]![line] === 1)),
    );
  const recall = (family: "v" | "t") => {
    const own = one.references.filter((reference) => reference.family === family);
    return own.length === 0 ? undefined : own.filter(isThere).length / own.length;
  };
  return { v: recall("v"), t: recall("t") };
}

function costOf({ cost }: PathBlock, keep: Uint8Array): number {
  if (!keep.includes(0)) return total(cost);
  let tokens = MARKER_TOKENS;
  if (!keep.includes(1)) return tokens;
  for (let line = 0; line < keep.length; line++) {
    if (keep[line] === 1) tokens += cost[line]!;
    else if (line === 0 || keep[line - 1] === 1) tokens += GAP_TOKENS;
  }
  return tokens;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
