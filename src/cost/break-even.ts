// In: what a cut would do to a prompt, and prices. Out: when it has paid for itself. With S tokens from the first edit to the
// end, C of them freed, and w the price of a write in reads, a warm cache gives N = (w - 1) * S / C - w; the same is computed here
// from whole requests, so that minimum lengths and a cold cache are taken into account.
import type { CachePrices } from "./cache-prices.ts";
import { priceRequest } from "./request.ts";

/** A cut as a prompt cache sees it. In tokens. */
export interface PromptCut {
  /** Before the first edit: they stay cached. */
  readonly tokensBeforeEdit: number;
  /** From the first edit to the end, before the cut. */
  readonly tokensBehindEdit: number;
  readonly freed: number;
}

/**
 * Turns after the next one until all that was saved is worth all that was written again.
 *
 * @param isWarm whether the provider still holds the prompt as it was before the cut
 * @returns 0 when the next turn is already no dearer; Infinity when it never pays
 */
export function turnsUntilPaid(cut: PromptCut, prices: CachePrices, isWarm: boolean): number {
  if (cut.freed <= 0) return Number.POSITIVE_INFINITY;
  const before = cut.tokensBeforeEdit + cut.tokensBehindEdit;
  const after = before - cut.freed;
  const next = (tokens: number, cached: number) => priceRequest(tokens, isWarm ? cached : 0, prices).cost;
  const dearer = next(after, cut.tokensBeforeEdit) - next(before, before);
  const saved = priceRequest(before, before, prices).cost - priceRequest(after, after, prices).cost;
  if (dearer > 0 && saved <= 0) return Number.POSITIVE_INFINITY;
  return dearer <= 0 ? 0 : Math.ceil(dearer / saved - ROUNDING);
}

/** What is saved from the next turn on, over so many turns after it; negative where the cut costs more. Warm cache. */
export function savedWithin(turns: number, cut: PromptCut, prices: CachePrices): number {
  const before = cut.tokensBeforeEdit + cut.tokensBehindEdit;
  const after = before - cut.freed;
  const kept = priceRequest(before, before, prices).cost;
  const next = priceRequest(after, cut.tokensBeforeEdit, prices).cost;
  return kept - next + turns * (kept - priceRequest(after, after, prices).cost);
}

/** Sums of decimal fractions must not make a turn more of what is a whole number of turns. */
const ROUNDING = 1e-9;
