// The registry of tokenizers, and the counter for a name. A counter is made on first use and then shared: a table is 2 to
// 4 MB, and most runs need one of them.

import { charactersPerToken, chars4 } from "./chars4.ts";
import { encodings } from "./encodings.ts";
import { exactCounter } from "./exact-counter.ts";
import { readTable } from "./load-table.ts";
import type { ExactTokenizerName, TokenCounter, TokenizerName } from "./token-counter.ts";

interface Tokenizer {
  readonly name: TokenizerName;
  readonly description: string;
  readonly makeCounter: () => TokenCounter;
}

const exact = (name: ExactTokenizerName) => () => exactCounter(encodings[name], readTable(name));

/** Every tokenizer there is; the first is the default. */
export const tokenizers: readonly Tokenizer[] = [
  {
    name: "o200k_base",
    description: "exact for GPT-4o, GPT-4.1, GPT-5 and the o series; the default",
    makeCounter: exact("o200k_base"),
  },
  {
    name: "cl100k_base",
    description: "exact for GPT-4 and GPT-3.5",
    makeCounter: exact("cl100k_base"),
  },
  {
    name: "chars4",
    description: `an estimate: ${charactersPerToken} characters a token, rounded up`,
    makeCounter: () => chars4,
  },
];

const counters = new Map<TokenizerName, TokenCounter>();

/**
 * The counter for a tokenizer; an exact one reads its table on first use.
 * @throws Error when there is no such tokenizer or its table cannot be read
 */
export function tokenCounter(name: TokenizerName): TokenCounter {
  let counter = counters.get(name);
  if (counter === undefined) {
    const tokenizer = tokenizers.find((candidate) => candidate.name === name);
    if (tokenizer === undefined) throw new Error(`unknown tokenizer ${name}`);
    counter = tokenizer.makeCounter();
    counters.set(name, counter);
  }
  return counter;
}

export function isTokenizerName(name: string): name is TokenizerName {
  return tokenizers.some((tokenizer) => tokenizer.name === name);
}
