// In: a block and what is to go of it. Out: what it would look like and cost, or why it may not be cut this way. Stages plan with
// the same prices by which the engine decides, because both ask here. Decides nothing.
import { artifactOf } from "../artifacts/artifact.ts";
import { lineSpans } from "../transcript/lines.ts";
import { hasGapLookalike, parseCutText, printBlockMarker } from "../transcript/marker.ts";
import { messagesOf } from "../transcript/messages.ts";
import { sizeOf } from "../transcript/ranges.ts";
import type { Block, Observation, Range, Transcript } from "../transcript/types.ts";
import { type CutText, cutText } from "./cut.ts";
import type { Prices } from "./prices.ts";
import type { Removal } from "./removal.ts";

/** The cutters of a run: one a block, made when asked for. */
export class Cutters {
  private readonly owners = new Map<Block, Observation>();
  private readonly cutters = new Map<Block, BlockCutter>();
  private readonly prices: Prices;
  private readonly withRefs: boolean;

  /** @param withRefs whether artifacts will be stored, so that markers can name them */
  constructor(transcript: Transcript, prices: Prices, withRefs: boolean) {
    this.prices = prices;
    this.withRefs = withRefs;
    for (const observation of transcript.observations) {
      for (const block of observation.blocks) this.owners.set(block, observation);
    }
    for (const message of messagesOf(transcript)) this.owners.set(message.blocks[0]!, message);
  }

  of(block: Block): BlockCutter {
    let cutter = this.cutters.get(block);
    if (cutter === undefined) {
      cutter = new BlockCutter(block, this.owners.get(block), this.prices, this.withRefs);
      this.cutters.set(block, cutter);
    }
    return cutter;
  }
}

export class BlockCutter {
  readonly block: Block;
  /** Undefined for what is neither an observation nor a message. */
  readonly observation: Observation | undefined;
  readonly spans: readonly Range[];
  readonly withRefs: boolean;
  private readonly prices: Prices;
  private readonly settled: ReturnType<typeof parseCutText>;

  constructor(block: Block, observation: Observation | undefined, prices: Prices, withRefs: boolean) {
    this.block = block;
    this.observation = observation;
    this.prices = prices;
    this.withRefs = withRefs;
    this.spans = lineSpans(block.text ?? "");
    this.settled = block.settled ? parseCutText(block.text ?? "") : undefined;
  }

  /** Why the block may not be cut this way, whatever it would free; undefined where it may. */
  obstacle(removal: Removal): string | undefined {
    const { block, observation, settled } = this;
    if (block.text === undefined || observation === undefined) return "not an observation in context";
    const isWhole = this.isWhole(removal);
    if (observation.blocks.some((part) => part.settled)) {
      if (settled === undefined) return "another part of this observation was cut by an earlier run";
      if (settled.parts.length === 0) return "it was cut whole by an earlier run";
      if (!isWhole || settled.marker.ref === undefined)
        return "it was cut by an earlier run, and can only be replaced whole";
    } else if (!isWhole && hasGapLookalike(block.text)) {
      return "its text has something that reads like a gap, so lines of it could not be told apart";
    }
    return undefined;
  }

  /** What the block becomes. For removals without an obstacle only. */
  cut(removal: Removal): CutText {
    const { block, observation, settled } = this;
    if (observation === undefined) throw new Error(`block ${block.id} is no observation`);
    return cutText(block.text ?? "", removal, {
      spans: this.spans,
      ref: settled === undefined ? this.newRef(observation) : settled.marker.ref,
      outcome: observation.outcome,
      linesBefore: linesBefore(observation, block),
      originalTokens: this.prices.originalTokens(block),
      originalLines: settled?.originalLines ?? this.spans.length,
      linePrices: this.prices.lines(block),
    });
  }

  /**
   * What a cut makes of the block costs less than `tokens`, takes fewer bytes than the block, and if it is the first, frees as much
   * again as its marker costs: an answer of two lines says more than that there was one.
   */
  pays(cut: CutText, tokens: number): boolean {
    const least = this.settled === undefined ? this.prices.count(printBlockMarker(cut.marker)) : 0;
    const present = this.prices.tokens(this.block);
    return cut.tokens < tokens && present - cut.tokens >= least && this.freesBytes(cut);
  }

  private isWhole(removal: Removal): boolean {
    return sizeOf(removal.lines) === this.spans.length;
  }

  private newRef(observation: Observation): string | undefined {
    return this.withRefs ? artifactOf(observation).ref : undefined;
  }

  /** Measured on decoded text, where every deleted character counts least and every inserted one most. */
  private freesBytes({ pieces }: CutText): boolean {
    const text = this.block.text ?? "";
    let at = 0;
    let freed = 0;
    for (const piece of pieces) {
      if ("keep" in piece) {
        freed += piece.keep[0] - at;
        at = piece.keep[1];
      } else freed -= piece.insert.length + 2; // a line feed is three bytes at most
    }
    return freed + text.length - at > 0;
  }
}

/** Gaps name lines of the artifact, which joins all blocks of the observation. */
function linesBefore(observation: Observation, block: Block): number {
  let lines = 0;
  for (const other of observation.blocks) {
    if (other === block) break;
    lines += lineSpans(other.text ?? "").length;
  }
  return lines;
}
