// In: blocks and the counter of the run. Out: their exact price in tokens. Every block is counted once.
import type { TokenCounter } from "../tokens/index.ts";
import { parseCutText } from "../transcript/marker.ts";
import type { Block } from "../transcript/types.ts";

export class Prices {
  readonly counter: TokenCounter;
  private readonly present = new Map<Block, number>();
  private readonly original = new Map<Block, number>();

  constructor(counter: TokenCounter) {
    this.counter = counter;
  }

  count(text: string): number {
    return this.counter.count(text);
  }

  /** What the block costs as it stands in the input; 0 for what the model does not see. */
  tokens(block: Block): number {
    return remember(this.present, block, () => (block.text === undefined ? 0 : this.count(block.text)));
  }

  /**
   * What the block cost before any compaction: without markers, and with what they name. Every aim is measured by this, so
   * that an aim which was met stays met (DESIGN 7.7).
   */
  originalTokens(block: Block): number {
    return remember(this.original, block, () => {
      const cut = block.settled ? parseCutText(block.text ?? "") : undefined;
      return cut === undefined ? this.tokens(block) : this.count(cut.kept) + cut.marker.tokens;
    });
  }
}

function remember(known: Map<Block, number>, block: Block, count: () => number): number {
  const price = known.get(block) ?? count();
  known.set(block, price);
  return price;
}
