// What the features of a line are read with, beside the line itself: plain data, the same for all lines of a transcript.
import type { FileUse } from "./file-use.ts";

/** What the whole transcript says about words, lines and files. */
export interface Context {
  /** How many observations there are. */
  readonly now: number;
  /** By word: how rare it is among observations, and among lines. */
  readonly idf: Float64Array;
  readonly lineIdf: Float64Array;
  /** By word: observations seen when the agent last used it; -1 for never. */
  readonly lastUse: Int32Array;
  /** By word: idf, fading since the agent's last use; and fading at once. */
  readonly recency: Float64Array;
  readonly lastRecency: Float64Array;
  /** By word: how rare it is among lines, fading since the agent's last use. */
  readonly freshness: Float64Array;
  /** Lines that the agent wrote, with the time of the last. */
  readonly quotes: ReadonlyMap<string, number>;
  readonly wordList: Int32Array;
  readonly files: FileUse;
  /** Lines that stand in newer observations; grows with every block, the newest first. */
  readonly seen: Set<string>;
}
