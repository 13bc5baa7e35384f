// In: a transcript. Out: proposals to delete the lines that are worth least for what they cost, as a ladder: every level is solved
// only among the lines that the level before kept, so that a smaller budget keeps a subset of what a larger one keeps.
import { IS_GONE, MUST_STAY, type PathBlock, scoreLines, selectPath, type Worths } from "../scoring/index.ts";
import { hasGapLookalike, printBlockMarker, printLineGap } from "../transcript/marker.ts";
import type { Block, Deletion, Plan, Range, Stage, Transcript } from "../transcript/types.ts";

/**
 * The levels: shares of the tokens of all blocks that may be cut. Between two of them whole blocks go down a level, those first
 * that lose least a token. Close together, so that little is lost in between.
 */
const LADDER: readonly number[] = [
  0.85, 0.72, 0.6, 0.5, 0.42, 0.35, 0.27, 0.22, 0.18, 0.145, 0.115, 0.09, 0.07, 0.05, 0.03, 0.015, 0,
];

/** A gap costs its reader more than its tokens, and so does the first cut of a text: where both count more, lines stay together. */
const GAP_NUISANCE = 1.5;
const MARKER_NUISANCE = 2;

export const deleteLines: Stage<{ keep: number }> = {
  name: "delete-lines",
  description: "lines that are worth least for their tokens, down to a share",
  options: {
    keep: {
      description: "which share stays of the observation tokens that are not protected, before any cut",
      default: 0.18,
      minimum: 0,
    },
  },

  propose(transcript, { keep }, plan) {
    const blocks = transcript.observations
      .filter(({ live }) => live)
      .flatMap((observation) => observation.blocks)
      .filter(({ text }) => text !== undefined);
    const aim = tokensToKeep(blocks, keep, plan);
    const tokens = sum(blocks, (block) => plan.tokensWithout(block, []));
    return tokens <= aim ? [] : climbDown(openBlocks(transcript, plan), tokens, aim);
  },
};

/** Blocks that are protected as a whole stay beside the share: the end of a short session must not cost its beginning. */
function tokensToKeep(blocks: readonly Block[], keep: number, plan: Plan): number {
  const tokens = (some: readonly Block[]) => sum(some, (block) => plan.originalTokens(block));
  const beside = tokens(blocks.filter((block) => !block.settled && isProtected(block, plan)));
  return beside + keep * (tokens(blocks) - beside);
}

/** A block of which lines may go, on its way down the ladder. */
interface OpenBlock extends PathBlock {
  readonly block: Block;
  readonly plan: Plan;
  firstGapCost: number;
  /** Of every line: whether this stage has proposed it. */
  readonly isProposed: Uint8Array;
  /** Exact price of what is left. */
  tokens: number;
}

function openBlocks(transcript: Transcript, plan: Plan): OpenBlock[] {
  const worths = scoreLines(transcript);
  const gapCost = plan.countTokens(`${printLineGap([99, 199])}\n`);
  const marker = { ref: "01234567", outcome: "ok", lines: 100, tokens: 1000 } as const;
  const markerCost = plan.countTokens(`${printBlockMarker(marker)}\n`);
  return transcript.observations
    .filter(({ live, blocks }) => live && !blocks.some(({ settled }) => settled))
    .flatMap((observation) => observation.blocks)
    .filter((block) => mayBeCut(block, plan))
    .map((block) => openBlock(block, worths, plan, { gapCost, markerCost }));
}

function mayBeCut(block: Block, plan: Plan): boolean {
  // Gaps could not be told from a text that has something like them, so such a block goes whole or not at all.
  return block.text !== undefined && !isProtected(block, plan) && !hasGapLookalike(block.text);
}

function openBlock(
  block: Block,
  worths: Worths,
  plan: Plan,
  { gapCost, markerCost }: { gapCost: number; markerCost: number },
): OpenBlock {
  const worth = worths.get(block) ?? new Float64Array(0);
  const deleted = plan.deletedLines(block);
  const fixed = new Uint8Array(worth.length);
  for (const [start, end] of plan.protectedLines(block)) fixed.fill(MUST_STAY, start, end);
  for (const [start, end] of deleted) fixed.fill(IS_GONE, start, end);
  return {
    block,
    plan,
    worth,
    cost: Float64Array.from(worth, (_, line) => plan.lineTokens(block, line)),
    fixed,
    gapCost: GAP_NUISANCE * gapCost,
    firstGapCost: deleted.length > 0 ? 0 : MARKER_NUISANCE * markerCost,
    isProposed: new Uint8Array(worth.length),
    tokens: plan.tokensWithout(block, []),
  };
}

/** What one block gives up on one level. */
interface Step {
  readonly open: OpenBlock;
  readonly ranges: readonly Range[];
  /** What is left costs. */
  readonly tokens: number;
  readonly lossPerToken: number;
}

/** Level by level, until what is left meets the aim. */
function climbDown(open: readonly OpenBlock[], allTokens: number, aim: number): Deletion[] {
  const deletions: Deletion[] = [];
  const openTokens = sum(open, ({ tokens }) => tokens);
  let tokens = allTokens;
  let price = 0;
  for (const [level, share] of LADDER.entries()) {
    const selection = selectPath(open, share * openTokens, price);
    price = selection.price;
    const steps = open.flatMap((block, i) => stepDown(block, selection.keeps[i]!));
    for (const step of steps.sort((a, b) => a.lossPerToken - b.lossPerToken)) {
      if (tokens <= aim) return deletions;
      tokens -= step.open.tokens - step.tokens;
      take(step);
      deletions.push({
        block: step.open.block,
        ranges: step.ranges,
        unit: "lines",
        stage: "delete-lines",
        reason: `worth least for its tokens, level ${level + 1} of ${LADDER.length}`,
        level,
      });
    }
  }
  return deletions;
}

/** Nothing where the next selection keeps as much, or its markers would cost what it frees. */
function stepDown(open: OpenBlock, keeps: Uint8Array): Step[] {
  const ranges = rangesOf(open, keeps);
  if (ranges.length === 0) return [];
  const tokens = open.plan.tokensWithout(open.block, [...proposedRanges(open), ...ranges]);
  if (tokens >= open.tokens) return [];
  let loss = 0;
  for (const [start, end] of ranges) for (let line = start; line < end; line++) loss += open.worth[line]!;
  return [{ open, ranges, tokens, lossPerToken: loss / (open.tokens - tokens) }];
}

function take({ open, ranges, tokens }: Step): void {
  for (const [start, end] of ranges) {
    open.fixed.fill(IS_GONE, start, end);
    open.isProposed.fill(1, start, end);
  }
  open.firstGapCost = 0;
  open.tokens = tokens;
}

/** The lines that a selection lets go and that are still there; all of them where it keeps nothing of worth. */
function rangesOf({ fixed, worth }: OpenBlock, keeps: Uint8Array): Range[] {
  const isOfUse = keeps.some((keep, line) => keep === 1 && (worth[line]! > 0 || fixed[line] === MUST_STAY));
  return runs(keeps.length, (line) => (keeps[line] === 0 || !isOfUse) && fixed[line] !== IS_GONE);
}

function proposedRanges({ isProposed }: OpenBlock): Range[] {
  return runs(isProposed.length, (line) => isProposed[line] === 1);
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
