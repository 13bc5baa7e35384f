// In: a transcript. Out: proposals to delete the lines that are worth least for what they cost, as a ladder: every level is solved
// only among the lines that the level before kept, so that a smaller budget keeps a subset of what a larger one keeps.
import { bestPath, IS_GONE, MUST_STAY, type PathBlock, scoreLines, type Worths } from "../scoring/index.ts";
import { hasGapLookalike, printBlockMarker, printLineGap } from "../transcript/marker.ts";
import type { Block, Deletion, Plan, Range, Stage, Transcript } from "../transcript/types.ts";

/**
 * The levels: what a token must bring to stay, where the mean line is worth 1. From a price at which little but repeated lines go, in
 * steps of a quarter, to one that nothing pays. Between two levels whole blocks go down, those first that lose least a token.
 */
const PRICES: readonly number[] = [...Array.from({ length: 40 }, (_, step) => 0.005 * 1.25 ** step), 1e12];

/** A gap costs its reader more than its tokens, and where it counts more, lines stay together. Counting it twice loses lines used later. */
const GAP_NUISANCE = 1.25;

/**
 * The first cut of a text frees so many times its marker at least: an answer of three lines is clearer than a marker for it, and
 * costs little. Twice instead would keep up to .01 more of the lines used later, and as much less of names and paths.
 */
const FIRST_CUT_FREES = 3;

export const deleteLines: Stage<{ keep: number }> = {
  name: "delete-lines",
  description: "lines that are worth least for their tokens, down to a share",
  options: {
    keep: {
      description: "without --budget: which share stays of the observation tokens that are not protected",
      default: 0.18,
      minimum: 0,
      isAim: true,
    },
  },

  propose(transcript, { keep }, plan) {
    const blocks = transcript.observations
      .filter(({ live }) => live)
      .flatMap((observation) => observation.blocks)
      .filter(({ text }) => text !== undefined);
    const aim = tokensToKeep(blocks, keep, plan);
    const tokens = sum(blocks, (block) => plan.tokensWithout(block, []));
    return tokens <= aim ? [] : climbDown(openBlocks(transcript, plan), { tokens, aim, plan });
  },
};

/** Blocks that are protected as a whole stay beside the share: the end of a short session must not cost its beginning. */
function tokensToKeep(blocks: readonly Block[], keep: number, plan: Plan): number {
  const tokens = (some: readonly Block[]) => sum(some, (block) => plan.originalTokens(block));
  const beside = tokens(blocks.filter((block) => !block.settled && isProtected(block, plan)));
  return beside + keep * (tokens(blocks) - beside);
}

/** What markers cost, typical numbers in them. */
interface MarkerTokens {
  readonly block: number;
  readonly gap: number;
}

/** A block of which lines may go, on its way down the ladder. */
interface OpenBlock extends PathBlock {
  readonly block: Block;
  firstGapCost: number;
  readonly markers: MarkerTokens;
  readonly lines: readonly string[];
  /** Of every line: whether this stage has proposed it. */
  readonly isProposed: Uint8Array;
  /** What is left costs, its lines and its markers added up: a few tokens off. */
  estimate: number;
}

function openBlocks(transcript: Transcript, plan: Plan): OpenBlock[] {
  const worths = scoreLines(transcript);
  const marker = { ref: "01234567", outcome: "ok", lines: 100, tokens: 1000 } as const;
  const markers: MarkerTokens = {
    block: plan.countTokens(`${printBlockMarker(marker)}\n`),
    gap: plan.countTokens(`${printLineGap([99, 199])}\n`),
  };
  return transcript.observations
    .filter(({ live, blocks }) => live && !blocks.some(({ settled }) => settled))
    .flatMap((observation) => observation.blocks)
    .filter((block) => mayBeCut(block, plan))
    .map((block) => openBlock(block, worths, plan, markers));
}

function mayBeCut(block: Block, plan: Plan): boolean {
  // Gaps could not be told from a text that has something like them, so such a block goes whole or not at all.
  return block.text !== undefined && !isProtected(block, plan) && !hasGapLookalike(block.text);
}

function openBlock(block: Block, worths: Worths, plan: Plan, markers: MarkerTokens): OpenBlock {
  const worth = worths.get(block) ?? new Float64Array(0);
  const deleted = plan.deletedLines(block);
  const fixed = new Uint8Array(worth.length);
  for (const [start, end] of plan.protectedLines(block)) fixed.fill(MUST_STAY, start, end);
  for (const [start, end] of deleted) fixed.fill(IS_GONE, start, end);
  return {
    block,
    worth,
    cost: Float64Array.from(worth, (_, line) => plan.lineTokens(block, line)),
    fixed,
    gapCost: GAP_NUISANCE * markers.gap,
    firstGapCost: deleted.length > 0 ? 0 : markers.block,
    markers,
    lines: (block.text ?? "").split("\n"),
    isProposed: new Uint8Array(worth.length),
    estimate: plan.tokensWithout(block, []),
  };
}

/** Says nothing alone: blank, brackets, or the end of a tag. */
const IDLE = /^\s*(?:\d+\s*[\t:|→-])?(?:[^\p{L}\p{N}]*|<\/[\w.:-]+>)\s*$/u;

/** What one block gives up on one level. */
interface Step {
  readonly open: OpenBlock;
  readonly ranges: readonly Range[];
  readonly estimate: number;
  readonly lossPerToken: number;
}

/** Level by level, until what is left meets the aim. Which step follows which does not depend on the aim. */
function climbDown(
  open: readonly OpenBlock[],
  { tokens, aim, plan }: { tokens: number; aim: number; plan: Plan },
): Deletion[] {
  const deletions: Deletion[] = [];
  const left = new TokensLeft(open, tokens, plan);
  for (const [level, price] of PRICES.entries()) {
    const steps = open.flatMap((block) => stepDown(block, bestPath(block, price)));
    for (const step of steps.sort((a, b) => a.lossPerToken - b.lossPerToken)) {
      if (left.meets(aim)) return deletions;
      take(step);
      left.update(step.open);
      deletions.push({
        block: step.open.block,
        ranges: step.ranges,
        unit: "lines",
        stage: "delete-lines",
        reason: `worth least for its tokens, level ${level + 1} of ${PRICES.length}`,
        level,
      });
    }
  }
  return deletions;
}

/** From here on down to the aim every step is priced exactly; above, estimates will do. */
const NEAR_THE_AIM = 1.1;

/** What all observations cost now: estimated far above the aim, exact before it is met. */
class TokensLeft {
  private readonly plan: Plan;
  private readonly open: readonly OpenBlock[];
  private readonly prices = new Map<OpenBlock, number>();
  private isExact = false;
  private tokens: number;

  constructor(open: readonly OpenBlock[], tokens: number, plan: Plan) {
    this.open = open;
    this.tokens = tokens;
    this.plan = plan;
    for (const block of open) this.prices.set(block, block.estimate);
  }

  update(block: OpenBlock): void {
    const price = this.isExact ? this.exactPrice(block) : block.estimate;
    this.tokens += price - (this.prices.get(block) ?? 0);
    this.prices.set(block, price);
  }

  meets(aim: number): boolean {
    if (!this.isExact && this.tokens <= NEAR_THE_AIM * aim) {
      this.isExact = true;
      for (const block of this.open) this.update(block);
    }
    return this.isExact && this.tokens <= aim;
  }

  private exactPrice({ block, isProposed }: OpenBlock): number {
    const ranges = runs(isProposed.length, (line) => isProposed[line] === 1);
    return this.plan.tokensWithout(block, ranges);
  }
}

/** Nothing where the selection keeps as much, or too little would be freed. */
function stepDown(open: OpenBlock, keeps: Uint8Array): Step[] {
  const { fixed, worth } = open;
  const goes = (line: number) => keeps[line] === 0 && fixed[line] !== IS_GONE;
  if (!keeps.some((_, line) => goes(line))) return [];
  letIdleLinesGo(open, keeps);
  const estimate = estimateOf(open, keeps);
  const freed = open.estimate - estimate;
  if (freed <= (open.firstGapCost > 0 ? FIRST_CUT_FREES * open.markers.block : 0)) return [];
  const ranges = runs(keeps.length, goes);
  let loss = 0;
  for (const [start, end] of ranges) for (let line = start; line < end; line++) loss += worth[line]!;
  return [{ open, ranges, estimate, lossPerToken: loss / freed }];
}

/** @param keeps a 1 for each line that stays */
function estimateOf({ cost, markers }: OpenBlock, keeps: Uint8Array): number {
  let estimate = markers.block;
  let isEmpty = true;
  for (let line = 0; line < cost.length; line++) {
    if (keeps[line] === 1) {
      estimate += cost[line]!;
      isEmpty = false;
    } else if (line === 0 || keeps[line - 1] === 1) estimate += markers.gap;
  }
  return isEmpty ? markers.block : estimate;
}

function take({ open, ranges, estimate }: Step): void {
  for (const [start, end] of ranges) {
    open.fixed.fill(IS_GONE, start, end);
    open.isProposed.fill(1, start, end);
  }
  open.firstGapCost = 0;
  open.estimate = estimate;
}

/** Lets go what says nothing where it is kept: runs of idle lines between two gaps, and all where nothing of worth is left. */
function letIdleLinesGo({ fixed, worth, lines }: OpenBlock, keeps: Uint8Array): void {
  let isOfUse = false;
  for (let start = 0; start < keeps.length; ) {
    if (keeps[start] === 0) {
      start++;
      continue;
    }
    let end = start;
    let isIdle = true;
    for (; end < keeps.length && keeps[end] === 1; end++) {
      if (isIdle && (fixed[end] === MUST_STAY || !IDLE.test(lines[end]!))) isIdle = false;
      if (worth[end]! > 0 || fixed[end] === MUST_STAY) isOfUse = true;
    }
    if (isIdle && end - start < keeps.length) keeps.fill(0, start, end);
    start = end;
  }
  if (!isOfUse) keeps.fill(0);
}

function runs(length: number, isIn: (line: number) => boolean): Range[] {
  const found: Range[] = [];
  let start = -1;
  for (let line = 0; line <= length; line++) {
    const inside = line < length && isIn(line);
    if (inside && start === -1) start = line;
    if (!inside && start !== -1) {
      found.push([start, line]);
      start = -1;
    }
  }
  return found;
}

/** Whether no line of the block may go. */
function isProtected(block: Block, plan: Plan): boolean {
  const [first] = plan.protectedLines(block);
  return first !== undefined && first[0] === 0 && first[1] >= (block.text ?? "").split("\n").length;
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
