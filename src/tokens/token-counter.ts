// What a token counter is, apart from the code of any: every other file here can name one.

export type ExactTokenizerName = "o200k_base" | "cl100k_base";

/** `chars4` is an estimate, the others are exact. */
export type TokenizerName = ExactTokenizerName | "chars4";

/** Counts tokens. The same text always has the same count. */
export interface TokenCounter {
  readonly name: TokenizerName;
  count(text: string): number;
  /** How counts of parts make the count of a whole; for `priceLines`. */
  readonly additivity: Additivity;
}

/** What can be added up. The units are tokens, or characters where tokens are worked out of their number. */
export interface Additivity {
  /** Whether the units of the text up to `line`, which follows `previous`, and of the text from there simply add up. */
  startsSegment(line: string, previous: string): boolean;
  /** The units of a text. */
  units(text: string): number;
  /** For each line of a text the units of the pieces that begin in it or before it; for the last line so all units. */
  unitsUpToLines(text: string): number[];
  /** The tokens that this many units make. */
  tokens(units: number): number;
}
