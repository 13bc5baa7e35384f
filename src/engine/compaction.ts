// In: nothing. Out: what can become of a file, as types.
import type { Undo } from "../artifacts/undo.ts";
import type { Transcript } from "../transcript/types.ts";
import type { Choice } from "./choose.ts";
import type { Prices } from "./prices.ts";
import type { Rest } from "./what-stays.ts";

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
  /** All that the file holds; where these are several transcripts, one after the other (see `joinTranscripts`). */
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
  /** The budget in tokens, where one was given and could not be met. Of several transcripts: what would be left had each met its own. */
  readonly missedBudget: number | undefined;
  /** What stands in the way of such a budget, the most first; empty where it was met. */
  readonly whatStays: readonly Rest[];
}
