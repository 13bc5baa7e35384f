// Token counting. Everything outside this folder imports from here.

export { type LinePrices, priceLines, type TextPart } from "./line-prices.ts";
export type { TokenCounter, TokenizerName } from "./token-counter.ts";
export { isTokenizerName, tokenCounter, tokenizers } from "./tokenizers.ts";
