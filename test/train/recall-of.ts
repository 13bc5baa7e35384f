// In: a case, the worth of its lines and a share of its tokens. Out: how much of both families a selection by this worth keeps: the
// selection alone, without protection and without other stages.
import type { Place, Reference } from "../../src/evaluate/recall/reference.ts";
import { bestPath, type PathBlock } from "../../src/scoring/index.ts";
import type { Case } from "./cases.ts";

/** What `[...12-52]` and its line end cost, in tokens. */
const GAP_TOKENS = 6;
const HALVINGS = 24;

export interface FamilyRecall {
  readonly v: number | undefined;
  readonly t: number | undefined;
}

/** @param worths by observation and line */
export function recallOf(one: Case, worths: readonly Float64Array[], share: number): FamilyRecall {
  const budget = share * one.observations.reduce((sum, { prices }) => sum + total(prices), 0);
  const blocks = one.observations.map(
    ({ prices }, i): PathBlock => ({
      worth: worths[i]!,
      cost: prices,
      fixed: new Uint8Array(prices.length),
      firstGapCost: 0,
      gapCost: GAP_TOKENS,
    }),
  );
  let low = Math.log(1e-9);
  let high = Math.log(1e9);
  let keeps: Uint8Array[] = blocks.map(({ cost }) => new Uint8Array(cost.length));
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
  let tokens = 0;
  for (let line = 0; line < keep.length; line++) {
    if (keep[line] === 1) tokens += cost[line]!;
    else if (line === 0 || keep[line - 1] === 1) tokens += GAP_TOKENS;
  }
  return tokens;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
