// In: what each line is worth and costs, and what a gap costs. Out: which lines stay under a budget, so that the worth that goes is
// small and gaps are few: for one price of a token each block has a best path through keep and drop (Viterbi), and the price is
// found by halving. Knows nothing of tokens, markers and text.

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

export interface Selection {
  /** The worth that a unit of cost must bring to stay. */
  readonly price: number;
  /** For each block a 1 for each line that stays. */
  readonly keeps: readonly Uint8Array[];
}

const HALVINGS = 30;
/** A budget counts as met when it is used up to this share. */
const PRECISION = 0.01;
/** The mean line is worth 1 and costs about 20: a price to begin with. */
const FIRST_PRICE = 0.02;
/** No line brings more. */
const MAX_PRICE = 1e12;

/**
 * Keeps as much worth as the budget allows.
 *
 * @param minPrice a price that is known to be too low, or just right: what a larger budget came to
 */
export function selectPath(blocks: readonly PathBlock[], budget: number, minPrice = 0): Selection {
  const costAt = (price: number) => blocks.reduce((sum, block) => sum + bestCost(block, price), 0);
  const select = (price: number) => ({ price, keeps: blocks.map((block) => bestPath(block, price)) });
  if (costAt(minPrice) <= budget) return select(minPrice);
  let low = minPrice;
  let high = Math.max(FIRST_PRICE, 1.5 * minPrice);
  while (high < MAX_PRICE && costAt(high) > budget) {
    low = high;
    high *= 3;
  }
  for (let i = 0; i < HALVINGS; i++) {
    const middle = low === 0 ? high / 4 : Math.sqrt(low * high);
    const cost = costAt(middle);
    if (cost > budget) low = middle;
    else {
      high = middle;
      if (cost > (1 - PRECISION) * budget) break;
    }
  }
  return select(high);
}

const NEVER = Number.NEGATIVE_INFINITY;

// Three states behind a line: nothing of the block is cut yet; the line stays, below a cut; the line goes.

/** What the best path costs at a price. */
function bestCost({ worth, cost, fixed, gapCost, firstGapCost }: PathBlock, price: number): number {
  const gap = price * gapCost;
  const firstGap = price * (gapCost + firstGapCost);
  let uncut = 0;
  let kept = NEVER;
  let gone = NEVER;
  let uncutCost = 0;
  let keptCost = 0;
  let goneCost = 0;
  for (let i = 0; i < worth.length; i++) {
    if (uncut === NEVER && kept === NEVER && fixed[i] === IS_GONE) continue; // inside a gap
    const lineCost = cost[i]!;
    const gain = worth[i]! - price * lineCost;
    let nextGone = gone;
    let nextGoneCost = goneCost;
    if (kept - gap > nextGone) {
      nextGone = kept - gap;
      nextGoneCost = keptCost + gapCost;
    }
    if (uncut - firstGap > nextGone) {
      nextGone = uncut - firstGap;
      nextGoneCost = uncutCost + gapCost + firstGapCost;
    }
    if (gone > kept) {
      kept = gone + gain;
      keptCost = goneCost + lineCost;
    } else {
      kept += gain;
      keptCost += lineCost;
    }
    uncut += gain;
    uncutCost += lineCost;
    gone = nextGone;
    goneCost = nextGoneCost;
    if (fixed[i] === MUST_STAY) gone = NEVER;
    else if (fixed[i] === IS_GONE) {
      uncut = NEVER;
      kept = NEVER;
    }
  }
  if (uncut >= kept && uncut >= gone) return uncutCost;
  return kept >= gone ? keptCost : goneCost;
}

const KEPT_AFTER_GONE = 1;
const GONE_AFTER_GONE = 2;
const GONE_AFTER_UNCUT = 4;

/** The same path, line by line. */
function bestPath({ worth, cost, fixed, gapCost, firstGapCost }: PathBlock, price: number): Uint8Array {
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
