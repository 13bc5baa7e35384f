// In: a text. Out: an estimate of its tokens from its length. Wrong by a third on average, and loads nothing: for a quick
// look, and where a harness itself counts this way.

import type { TokenCounter } from "./token-counter.ts";

export const charactersPerToken = 4;

/** Counts UTF-16 units. Rounds up, so that only the empty text is free. */
export const chars4: TokenCounter = {
  name: "chars4",
  count: (text) => tokens(text.length),
  additivity: {
    startsSegment: () => true,
    units: (text) => text.length,
    unitsUpToLines: (text) =>
      Array.from(text.matchAll(/\n|$/g), (lineEnd) => lineEnd.index + lineEnd[0].length),
    tokens,
  },
};

function tokens(characters: number): number {
  return Math.ceil(characters / charactersPerToken);
}
