// In: what each line is worth and costs, and what a gap costs. Out: which lines stay under a budget, so that the worth that goes is
// small and gaps are few: for one price of a token, each block has a best path through keep and drop; the price is found by halving.

/** One block as the path sees it. Costs are in one unit, whatever it is: tokens or characters. */
export interface PathBlock {
  readonly worth: Float64Array;
  readonly cost: Float64Array;
  /** By line: 0 free, `MUST_STAY`, or `IS_GONE`. */
  readonly fixed: Uint8Array;
  /** What a first cut in the block costs beside its gap: the block marker. 0 where it is paid already. */
  readonly firstGapCost: number;
  readonly gapCost: number;
}

export const MUST_STAY = 1;
export const IS_GONE = 2;

/** Halvings of the price: enough for a budget to be met within a line or two. */
const HALVINGS = 24;

/**
 * Keeps as much worth as the budget allows.
 *
 * @returns for each block a 1 for each line that stays
 */
export function selectPath(blocks: readonly PathBlock[], budget: number): Uint8Array[] {
  if (totalCost(blocks, 0) <= budget) return blocks.map((block) => bestPath(block, 0).keeps);
  let low = 0;
  let high = 1e-3;
  while (totalCost(blocks, high) > budget && high < 1e9) high *= 8;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (totalCost(blocks, middle) > budget) low = middle;
    else high = middle;
  }
  return blocks.map((block) => bestPath(block, high).keeps);
}

function totalCost(blocks: readonly PathBlock[], price: number): number {
  let sum = 0;
  for (const block of blocks) sum += bestPath(block, price).cost;
  return sum;
}

/** States before a line: nothing cut yet; the line before stays, below a cut; the line before goes. */
function bestPath(block: PathBlock, price: number): { keeps: Uint8Array; cost: number } {
  const { worth, cost, fixed, gapCost, firstGapCost } = block;
  const count = worth.length;
  const gap = price * gapCost;
  const firstGap = gap + price * firstGapCost;
  // Bit 0: `kept` came from a dropped line. Bit 1: `dropped` came from a dropped line. Bit 2: it came from an uncut block.
  const from = new Uint8Array(count);
  let uncut = 0;
  let kept = Number.NEGATIVE_INFINITY;
  let dropped = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const gain = worth[i]! - price * cost[i]!;
    let nextDropped = dropped;
    let flags = 2;
    if (kept - gap > nextDropped) {
      nextDropped = kept - gap;
      flags = 0;
    }
    if (uncut - firstGap > nextDropped) {
      nextDropped = uncut - firstGap;
      flags = 4;
    }
    let nextKept = kept + gain;
    if (dropped + gain > nextKept) {
      nextKept = dropped + gain;
      flags |= 1;
    }
    uncut += gain;
    if (fixed[i] === MUST_STAY) nextDropped = Number.NEGATIVE_INFINITY;
    else if (fixed[i] === IS_GONE) {
      uncut = Number.NEGATIVE_INFINITY;
      nextKept = Number.NEGATIVE_INFINITY;
    }
    kept = nextKept;
    dropped = nextDropped;
    from[i] = flags;
  }
  return trace(block, from, uncut, kept, dropped);
}

function trace(
  { cost, gapCost, firstGapCost }: PathBlock,
  from: Uint8Array,
  uncut: number,
  kept: number,
  dropped: number,
): { keeps: Uint8Array; cost: number } {
  const keeps = new Uint8Array(from.length);
  let total = 0;
  let state = uncut >= kept && uncut >= dropped ? "uncut" : kept >= dropped ? "kept" : "dropped";
  if (state !== "uncut") total += firstGapCost;
  for (let i = from.length - 1; i >= 0; i--) {
    if (state === "dropped") {
      if ((from[i]! & 2) === 0) {
        total += gapCost;
        state = (from[i]! & 4) !== 0 ? "uncut" : "kept";
      }
    } else {
      keeps[i] = 1;
      total += cost[i]!;
      if (state === "kept" && (from[i]! & 1) !== 0) state = "dropped";
    }
  }
  return { keeps, cost: total };
}
