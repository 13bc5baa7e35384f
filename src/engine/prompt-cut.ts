// In: a transcript and its cuts. Out: the cut as a prompt cache sees it: where the first edit is, what follows it, what it frees.
import type { PromptCut } from "../cost/break-even.ts";
import type { Transcript } from "../transcript/types.ts";
import type { Cut } from "./choose.ts";
import type { Prices } from "./prices.ts";

/** Undefined where nothing of what the model sees is cut. */
export function promptCutOf(
  transcript: Transcript,
  cuts: readonly Cut[],
  prices: Prices,
): PromptCut | undefined {
  const live = cuts.filter(({ block }) => block.live);
  const first = Math.min(...live.map(({ block }) => block.id));
  if (live.length === 0) return undefined;
  let tokensBeforeEdit = 0;
  let tokensBehindEdit = 0;
  for (const block of transcript.blocks) {
    if (block.id < first) tokensBeforeEdit += prices.tokens(block);
    else tokensBehindEdit += prices.tokens(block);
  }
  const freed = live.reduce((sum, { block, tokens }) => sum + prices.tokens(block) - tokens, 0);
  return { tokensBeforeEdit, tokensBehindEdit, freed };
}
