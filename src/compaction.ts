// In: nothing. Out: the types of what becomes of a file. All that is told of it, stored for it and written is read off here.
import type { Undo } from "./artifacts/undo.ts";
import type { Choice } from "./engine/choose.ts";
import type { Prices } from "./engine/prices.ts";
import type { Transcript } from "./transcript/types.ts";

/** What became of one file. */
export type Compaction = UnknownFormat | BelowTrigger | Compacted;

/** No format recognises the file: it passes through as it is. */
export interface UnknownFormat {
  readonly status: "unknown-format";
  readonly chunks: readonly Buffer[];
}

/** What was read of a file that was recognised. */
interface Recognised {
  readonly chunks: readonly Buffer[];
  /** All that the file holds; where these are several transcripts, one after the other. */
  readonly transcript: Transcript;
  /** How many transcripts the file holds. */
  readonly transcripts: number;
  /** For people: how the format was found. */
  readonly reason: string;
  readonly prices: Prices;
}

/** The context is smaller than the trigger asks for: the file passes through as it is. */
export interface BelowTrigger extends Recognised {
  readonly status: "below-trigger";
}

export interface Compacted extends Recognised {
  readonly status: "compacted";
  readonly choice: Choice;
  readonly undo: Undo;
  /**
   * The budget in tokens, where one was given and could not be met. A budget holds for each transcript; of several, this is
   * what would be left had each met it.
   */
  readonly missedBudget: number | undefined;
}
