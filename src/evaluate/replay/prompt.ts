// In: a session, and edits of a policy. Out: the prompt as that policy left it: what it costs, and how much of it was sent before.
// Each text is counted once; a request costs what is new in it.
import type { Prices } from "../../engine/prices.ts";
import type { Transcript } from "../../transcript/types.ts";

/** What a policy makes of one block. */
export interface Edit {
  /** Id of the block. */
  readonly block: number;
  /** What stands there from now on, in tokens. */
  readonly tokens: number;
}

export class Prompt {
  /** Context tokens up to where it has grown. */
  total = 0;
  /** By block. */
  private readonly prices: Float64Array;
  /** How many blocks it holds, and how many of them from the first were in the last request as they are now. */
  private length = 0;
  private same = 0;

  constructor({ blocks }: Transcript, prices: Prices) {
    this.prices = Float64Array.from(blocks, (block) => prices.tokens(block));
  }

  tokens(block: number): number {
    return this.prices[block] ?? 0;
  }

  growTo(length: number): void {
    for (; this.length < length; this.length++) this.total += this.tokens(this.length);
  }

  edit(edits: readonly Edit[]): void {
    for (const { block, tokens } of edits) {
      this.total += tokens - this.tokens(block);
      this.prices[block] = tokens;
      this.same = Math.min(this.same, block);
    }
  }

  /** Tokens that stand at the beginning as they did in the last request. */
  sentBefore(): number {
    let tokens = 0;
    for (let block = 0; block < this.same; block++) tokens += this.tokens(block);
    return tokens;
  }

  send(): void {
    this.same = this.length;
  }
}
