// In: a transcript and the limits that a user set. Out: token sums and whether a limit is reached. A percentage always refers
// to the size before any compaction, so that a second run measures by the same rule (promise 7).
import type { Transcript } from "../transcript/types.ts";
import type { Prices } from "./prices.ts";

/** The share of the window from which on a transcript is compacted, where only a window is given. */
const DEFAULT_TRIGGER = { percent: 80 };

/** A number of tokens, or a share of something that the setting names. */
export type Amount = { readonly tokens: number } | { readonly percent: number };

/** What the model sees of a transcript, in tokens. */
export function contextTokens(transcript: Transcript, prices: Prices): number {
  return transcript.blocks.reduce((sum, block) => sum + prices.tokens(block), 0);
}

/** The same before any compaction. */
export function originalContextTokens(transcript: Transcript, prices: Prices): number {
  return transcript.blocks.reduce((sum, block) => sum + prices.originalTokens(block), 0);
}

/** @param whole what a percentage refers to */
export function tokensOf(amount: Amount | undefined, whole: number): number | undefined {
  if (amount === undefined) return undefined;
  return "tokens" in amount ? amount.tokens : Math.floor((whole * amount.percent) / 100);
}

export interface Limits {
  readonly trigger: Amount | undefined;
  readonly window: number | undefined;
}

export function isBelowTrigger(tokens: number, limits: Limits): boolean {
  const threshold = triggerTokens(limits);
  return threshold !== undefined && tokens < threshold;
}

/** Undefined where every transcript is compacted. */
export function triggerTokens(limits: Limits): number | undefined {
  const trigger = limits.trigger ?? (limits.window === undefined ? undefined : DEFAULT_TRIGGER);
  return tokensOf(trigger, limits.window ?? 0);
}
