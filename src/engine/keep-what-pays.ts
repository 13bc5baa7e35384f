// In: a choice and what a prompt cache costs. Out: the part of it that pays: one cut that begins as late as is worth it, or none.
// Takes cuts away, never adds any, and judges a warm cache, so that the same input still gives the same bytes.
import { type PromptCut, savedWithin } from "../cost/break-even.ts";
import type { CachePrices } from "../cost/cache-prices.ts";
import type { Block, Transcript } from "../transcript/types.ts";
import type { Choice, Decision } from "./choose.ts";
import type { Prices } from "./prices.ts";

export interface CacheAim {
  readonly prices: CachePrices;
  /** Turns within which a cut has to pay for itself. */
  readonly horizon: number;
}

/**
 * Of all places where the first edit could be, the one that saves most within the horizon. A second run refuses the rest again:
 * what did not pay together with the late cuts does not pay without them.
 */
export function keepWhatPays(transcript: Transcript, choice: Choice, prices: Prices, aim: CacheAim): Choice {
  const first = bestFirstEdit(transcript, choice, prices, aim);
  const isEarly = ({ block }: { readonly block: Block }) => block.live && block.id < first;
  const refused = choice.cuts.filter(isEarly);
  const freed = refused.reduce((sum, { block, tokens }) => sum + prices.tokens(block) - tokens, 0);
  return {
    decisions: choice.decisions.map((decision) =>
      isEarly(decision.deletion) ? refuse(decision, aim) : decision,
    ),
    cuts: choice.cuts.filter((cut) => !isEarly(cut)),
    tokensAfter: choice.tokensAfter + freed,
  };
}

/** The id of the first block to cut; Infinity when no cut pays. */
function bestFirstEdit(
  transcript: Transcript,
  { cuts }: Choice,
  prices: Prices,
  { prices: cache, horizon }: CacheAim,
): number {
  const after = new Map(cuts.filter(({ block }) => block.live).map(({ block, tokens }) => [block, tokens]));
  const all = transcript.blocks.reduce((sum, block) => sum + prices.tokens(block), 0);
  let cut: PromptCut = { tokensBeforeEdit: all, tokensBehindEdit: 0, freed: 0 };
  let best = { first: Number.POSITIVE_INFINITY, saved: 0 };
  for (const block of transcript.blocks.toReversed()) {
    const tokens = prices.tokens(block);
    const left = after.get(block);
    cut = {
      tokensBeforeEdit: cut.tokensBeforeEdit - tokens,
      tokensBehindEdit: cut.tokensBehindEdit + tokens,
      freed: cut.freed + (left === undefined ? 0 : tokens - left),
    };
    if (left === undefined) continue;
    const saved = savedWithin(horizon, cut, cache);
    if (saved > best.saved) best = { first: block.id, saved };
  }
  return best.first;
}

function refuse(decision: Decision, { horizon }: CacheAim): Decision {
  if (decision.refusal !== undefined) return decision;
  return {
    ...decision,
    refusal: `does not pay for the prompt cache within ${horizon} turns`,
    tokens: 0,
    lines: 0,
  };
}
