// In: a transcript and a pipeline. Out: everything its stages propose, as the ONE ordered list of the run: tier, then stage,
// then level. A budget later takes a prefix of it; nothing is judged here.
import { lineSpans } from "../transcript/lines.ts";
import { clip, contains, unite } from "../transcript/ranges.ts";
import type { Block, Deletion, Options, Plan, Range, Stage, Tier, Transcript } from "../transcript/types.ts";
import type { Prices } from "./prices.ts";

/** One stage with its options, complete and checked. */
export interface Step {
  readonly stage: Stage;
  readonly options: Options;
}

/** Runs the stages one after the other; each sees the original text and which lines the ones before it proposed. */
export function collectProposals(transcript: Transcript, steps: readonly Step[], prices: Prices): Deletion[] {
  const proposed = new Map<Block, Range[]>();
  const plan: Plan = {
    isDeleted: (block, line) => contains(proposed.get(block) ?? [], line),
    originalTokens: (block) => prices.originalTokens(block),
    countTokens: (text) => prices.count(text),
  };
  const deletions = steps.flatMap(({ stage, options }) => {
    const found = stage.propose(transcript, options, plan);
    for (const { block, ranges, unit } of found) {
      if (unit === "lines") proposed.set(block, unite([...(proposed.get(block) ?? []), ...ranges]));
    }
    return found;
  });
  const stageOrder = new Map(steps.map(({ stage }, index) => [stage.name, index]));
  const rank = ({ block, stage }: Deletion) =>
    TIER_ORDER[block.tier] * steps.length + (stageOrder.get(stage) ?? 0);
  return deletions.sort((a, b) => rank(a) - rank(b) || a.level - b.level);
}

const TIER_ORDER: Readonly<Record<Tier, number>> = { free: 0, careful: 1, never: 2 };

/** Ranges of a deletion, clipped to what the block has. */
export function clippedRanges({ block, ranges, unit }: Deletion): Range[] {
  const text = block.text ?? "";
  return clip(ranges, unit === "characters" ? text.length : lineSpans(text).length);
}
