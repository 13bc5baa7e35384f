// In: blocks and the counter of the run. Out: their exact price in tokens. Every block is counted once.
import { type LinePrices, priceLines, type TokenCounter } from "../tokens/index.ts";
import { parseCutText } from "../transcript/marker.ts";
import type { Block } from "../transcript/types.ts";

export class Prices {
  readonly counter: TokenCounter;
  private readonly present = new Map<Block, number>();
  private readonly original = new Map<Block, number>();
  private readonly byLine = new Map<Block, LinePrices>();

  constructor(counter: TokenCounter) {
    this.counter = counter;
  }

  count(text: string): number {
    return this.counter.count(text);
  }

  /** What the block costs as it stands in the input; 0 for what the model does not see. */
  tokens(block: Block): number {
    return remember(this.present, block, () => {
      if (block.text === undefined) return 0;
      // Nearly every observation is priced by its lines sooner or later: then once is enough.
      return block.kind === "result" ? this.lines(block).total : this.count(block.text);
    });
  }

  /** Forgets the prices of single lines, which take as much memory as the text; those of blocks stay known. */
  forgetLines(): void {
    this.byLine.clear();
  }

  /** What each line of the block costs in its place, and what is left of it would cost. */
  lines(block: Block): LinePrices {
    return remember(this.byLine, block, () => priceLines((block.text ?? "").split("\n"), this.counter));
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

function remember<Price>(known: Map<Block, Price>, block: Block, count: () => Price): Price {
  const price = known.get(block) ?? count();
  known.set(block, price);
  return price;
}
