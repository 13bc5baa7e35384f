// In: what each line of a block is worth and costs, what a gap costs, and the price of a unit of cost. Out: which lines stay, so
// that worth less price is highest: the best path through keep and drop (Viterbi). The higher the price, the less stays.
// Knows nothing of tokens, markers and text.

/** One block as the path sees it. Costs are in one unit, whatever it is: tokens or characters. */
export interface PathBlock {
  readonly worth: Float64Array;
  readonly cost: Float64Array;
  /** By line: 0, `MUST_STAY` or `IS_GONE`. */
  readonly fixed: Uint8Array;
  /** What the first gap in the block costs beside its own marker: the block marker. 0 where that is paid already. */
  readonly firstGapCost: number;
  readonly gapCost: number;
}

export const MUST_STAY = 1;
export const IS_GONE = 2;

const NEVER = Number.NEGATIVE_INFINITY;

const KEPT_AFTER_GONE = 1;
const GONE_AFTER_GONE = 2;
const GONE_AFTER_UNCUT = 4;

/**
 * The lines that are worth their price, gaps paid.
 *
 * Three states behind a line: nothing of the block is cut yet; the line stays, below a cut; the line goes.
 *
 * @param price the worth that a unit of cost must bring to stay
 * @returns a 1 for each line that stays
 */
export function bestPath(
  { worth, cost, fixed, gapCost, firstGapCost }: PathBlock,
  price: number,
): Uint8Array {
  const gap = price * gapCost;
  const firstGap = price * (gapCost + firstGapCost);
  const from = new Uint8Array(worth.length);
  let uncut = 0;
  let kept = NEVER;
  let gone = NEVER;
  for (let i = 0; i < worth.length; i++) {
    if (uncut === NEVER && kept === NEVER && fixed[i] === IS_GONE) {
      from[i] = GONE_AFTER_GONE;
      continue;
    }
    const gain = worth[i]! - price * cost[i]!;
    let nextGone = gone;
    let flags = GONE_AFTER_GONE;
    if (kept - gap > nextGone) {
      nextGone = kept - gap;
      flags = 0;
    }
    if (uncut - firstGap > nextGone) {
      nextGone = uncut - firstGap;
      flags = GONE_AFTER_UNCUT;
    }
    if (gone > kept) {
      kept = gone + gain;
      flags |= KEPT_AFTER_GONE;
    } else kept += gain;
    uncut += gain;
    gone = nextGone;
    if (fixed[i] === MUST_STAY) gone = NEVER;
    else if (fixed[i] === IS_GONE) {
      uncut = NEVER;
      kept = NEVER;
    }
    from[i] = flags;
  }
  const keeps = new Uint8Array(worth.length);
  if (uncut >= kept && uncut >= gone) return keeps.fill(1);
  let isGone = gone > kept;
  for (let i = from.length - 1; i >= 0; i--) {
    const flags = from[i]!;
    if (isGone) {
      if ((flags & GONE_AFTER_UNCUT) !== 0) return keeps.fill(1, 0, i);
      isGone = (flags & GONE_AFTER_GONE) !== 0;
    } else {
      keeps[i] = 1;
      isGone = (flags & KEPT_AFTER_GONE) !== 0;
    }
  }
  return keeps;
}
