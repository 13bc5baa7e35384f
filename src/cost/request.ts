// In: how much of a prompt a cache holds. Out: what the request costs. Units: one input token that no cache has.
import type { CachePrices } from "./cache-prices.ts";

export interface PricedRequest {
  /** Tokens of the whole prompt, read from the cache, written into it, and neither. */
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly uncached: number;
  readonly cost: number;
}

/**
 * @param tokens of the whole prompt
 * @param cached how many of them, from the first, the cache holds
 */
export function priceRequest(tokens: number, cached: number, prices: CachePrices): PricedRequest {
  if (tokens < prices.minimumTokens) {
    return { input: tokens, cacheRead: 0, cacheWrite: 0, uncached: tokens, cost: tokens };
  }
  const cacheRead = cached < prices.minimumTokens ? 0 : cached;
  const cacheWrite = tokens - cacheRead;
  const cost = cacheRead * prices.read + cacheWrite * prices.write;
  return { input: tokens, cacheRead, cacheWrite, uncached: 0, cost };
}
