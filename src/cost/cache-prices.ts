// In: nothing. Out: what providers charge for tokens of a prompt, as data. Multiples of the price of one input token that no
// cache has; no currencies, since those change by the model and the month. Copy an entry, change it, and pass it with --prices.

export interface CachePrices {
  readonly name: string;
  /** What a token costs that is written into the cache. */
  readonly write: number;
  /** What a token costs that is read from it. */
  readonly read: number;
  /** Shorter prompts are not cached, and nobody says so. In tokens. */
  readonly minimumTokens: number;
  /** How long after its last use a prompt stays cached; each use renews it. In seconds. */
  readonly lifetimeSeconds: number;
  /** What a million input tokens cost that no cache has; for own prices, since that changes by model and month. */
  readonly dollarsPerMillion?: number;
}

/**
 * As of October 2026, from the providers' own pages and LiteLLM's price list. Lifetimes are the longest that is promised or
 * usual: to take a warm cache for a cold one costs money, the other way round it only costs patience.
 */
export const cachePrices: readonly CachePrices[] = [
  // The minimum is 512 to 4,096 by model; 1,024 holds for the Sonnet models.
  { name: "anthropic", write: 1.25, read: 0.1, minimumTokens: 1024, lifetimeSeconds: 300 },
  { name: "anthropic-1h", write: 2, read: 0.1, minimumTokens: 1024, lifetimeSeconds: 3600 },
  // No fee for writing; 5 to 10 minutes idle, an hour at most.
  { name: "openai", write: 1, read: 0.1, minimumTokens: 1024, lifetimeSeconds: 600 },
  // Implicit caching: no fee for writing, and no lifetime is documented.
  { name: "google", write: 1, read: 0.1, minimumTokens: 1024, lifetimeSeconds: 3600 },
];

export const DEFAULT_CACHE_PRICES = cachePrices[0]!;
