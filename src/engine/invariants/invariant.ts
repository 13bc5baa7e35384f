// In: nothing. Out: what an invariant is, and what it may look at. An invariant reads the finished output as the next reader
// will; it trusts nothing that the engine believes about it.

import type { Transcript } from "../../transcript/types.ts";
import type { Output } from "../apply.ts";
import type { Cut } from "../choose.ts";
import type { Prices } from "../prices.ts";
import type { Protection } from "../protection.ts";
import type { RereadLine } from "../reread.ts";

/** A finished run, before anything of it is written. */
export interface Run {
  readonly transcript: Transcript;
  readonly protection: Protection;
  readonly prices: Prices;
  readonly cuts: readonly Cut[];
  readonly output: Output;
  /** Every changed line, read again from the output. */
  readonly changed: readonly RereadLine[];
}

export interface Invariant {
  /** Equal to the file name. */
  readonly name: string;
  /** The promise in one sentence, as people read it when it is broken. */
  readonly promise: string;
  /** @returns what breaks the promise, each with its line; empty when it holds */
  check(run: Run): Violation[];
}

export interface Violation {
  readonly line: number;
  readonly message: string;
}
