// In: nothing. Out: a transcript as a page shows it, as types. The page reads it as JSON.
import type { Growth } from "./report.ts";

export interface Session {
  readonly growth: Growth;
  readonly blocks: readonly SessionBlock[];
  /** Stage and reason of removals, each pair once. */
  readonly causes: readonly Cause[];
  /** What calls were aimed at, largest first. */
  readonly targets: readonly Target[];
}

export interface SessionBlock {
  /** Of the file, counted from 1. */
  readonly line: number;
  readonly kind: string;
  /** Name of the tool and what it was aimed at; empty where it is no observation. */
  readonly label: string;
  readonly outcome: string;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  readonly text: string;
  readonly removed: readonly RemovedLines[];
}

/** Half-open, counted from 0, in lines of the block; `isPart` where only the middle of one line went. */
export interface RemovedLines {
  readonly start: number;
  readonly end: number;
  readonly isPart: boolean;
  /** Index in `causes`. */
  readonly cause: number;
}

export interface Cause {
  readonly stage: string;
  readonly reason: string;
}

export interface Target {
  readonly tool: string;
  readonly target: string;
  readonly before: number;
  readonly after: number;
}
