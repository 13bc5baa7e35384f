// In: the ordered list of proposals. Out: the decision on each, and the cuts that follow. Takes a proposal when what is left
// of it after protection frees more than its marker costs; stops when the budget is met. Decisions depend on earlier
// proposals only, so a smaller budget keeps a subset of what a larger one keeps (promise 9).
import { type Artifact, artifactOf } from "../artifacts/artifact.ts";
import { lineAt, lineSpans } from "../transcript/lines.ts";
import { mayCutInside } from "../transcript/long-lines.ts";
import { hasGapLookalike, parseCutText, SIDECAR_MARKER } from "../transcript/marker.ts";
import { contains, sizeOf, subtract, unite } from "../transcript/ranges.ts";
import type { Block, Deletion, Observation, Range, Transcript } from "../transcript/types.ts";
import { type CutText, cutText, type Piece, type Removal } from "./cut.ts";
import type { Prices } from "./prices.ts";
import { clippedRanges } from "./proposals.ts";
import type { Protection } from "./protection.ts";

/** What became of one proposal. */
export interface Decision {
  readonly deletion: Deletion;
  /** Why it was refused; undefined when it was taken. */
  readonly refusal: string | undefined;
  /** Context tokens that it freed, markers paid. */
  readonly tokens: number;
  /** Lines that it removed and no decision before it had. */
  readonly lines: number;
}

/** What goes of one block, all decisions together. */
export interface Cut {
  readonly block: Block;
  /** Undefined for sidecars. */
  readonly observation: Observation | undefined;
  readonly pieces: readonly Piece[];
  readonly text: string;
  /** Present where text went that was never cut before. */
  readonly artifact: Artifact | undefined;
  readonly tokens: number;
}

export interface Choice {
  readonly decisions: readonly Decision[];
  readonly cuts: readonly Cut[];
  readonly tokensAfter: number;
}

export interface ChoiceOptions {
  /** Context tokens to get down to. */
  readonly budget: number | undefined;
  /** Whether artifacts will be stored, so that markers can name them. */
  readonly withRefs: boolean;
}

/** Walks the list once. */
export function choose(
  transcript: Transcript,
  proposals: readonly Deletion[],
  protection: Protection,
  prices: Prices,
  options: ChoiceOptions,
): Choice {
  const owners = new Map<Block, Observation>();
  for (const observation of transcript.observations) {
    for (const block of observation.blocks) owners.set(block, observation);
  }
  const states = new Map<Block, BlockState>();
  let tokens = transcript.blocks.reduce((sum, block) => sum + prices.tokens(block), 0);
  const decisions: Decision[] = [];
  for (const deletion of proposals) {
    if (options.budget !== undefined && tokens <= options.budget) break;
    const { block } = deletion;
    const state =
      states.get(block) ?? new BlockState(block, owners.get(block), protection, prices, options.withRefs);
    states.set(block, state);
    const decision = state.decide(deletion);
    tokens -= decision.tokens;
    decisions.push(decision);
  }
  const cuts = [...states.values()].flatMap((state) => state.cut() ?? []);
  return { decisions, cuts: cuts.sort((a, b) => a.block.id - b.block.id), tokensAfter: tokens };
}

const NOTHING: Removal = { lines: [], characters: [] };

/** What has been decided about one block so far. */
class BlockState {
  private readonly block: Block;
  private readonly observation: Observation | undefined;
  private readonly protection: Protection;
  private readonly prices: Prices;
  private readonly withRefs: boolean;
  private readonly spans: readonly Range[];
  private taken: Removal = NOTHING;
  private result: { cut: CutText; tokens: number } | undefined;
  private isSidecarCut = false;
  /** Refused for their price alone: tried again together with the next proposal, since markers are paid once. */
  private waiting: Removal = NOTHING;

  constructor(
    block: Block,
    observation: Observation | undefined,
    protection: Protection,
    prices: Prices,
    withRefs: boolean,
  ) {
    this.block = block;
    this.observation = observation;
    this.protection = protection;
    this.prices = prices;
    this.withRefs = withRefs;
    this.spans = lineSpans(block.text ?? "");
  }

  decide(deletion: Deletion): Decision {
    if (this.block.kind === "sidecar") return this.decideSidecar(deletion);
    const refuse = (refusal: string): Decision => ({ deletion, refusal, tokens: 0, lines: 0 });
    if (this.block.text === undefined || this.observation === undefined)
      return refuse("not an observation in context");

    const wanted = this.removalOf(deletion);
    if (wanted === undefined) return refuse(this.protection.reason(this.block));
    const removal = merge(merge(this.taken, this.waiting, this.spans), wanted, this.spans);
    const obstacle = this.obstacle(removal);
    if (obstacle !== undefined) return refuse(obstacle);

    const cut = this.render(removal, this.observation);
    const tokens = this.prices.count(cut.text);
    const before = this.result?.tokens ?? this.prices.tokens(this.block);
    if (tokens >= before || !this.freesBytes(cut)) {
      this.waiting = merge(this.waiting, wanted, this.spans);
      return refuse("its marker would cost as much as it frees");
    }
    const lines = sizeOf(removal.lines) - sizeOf(this.taken.lines);
    this.taken = removal;
    this.waiting = NOTHING;
    this.result = { cut, tokens };
    return { deletion, refusal: undefined, tokens: before - tokens, lines };
  }

  cut(): Cut | undefined {
    const { block, observation, result } = this;
    if (this.isSidecarCut) {
      const pieces = [{ insert: SIDECAR_MARKER }];
      return { block, observation: undefined, pieces, text: SIDECAR_MARKER, artifact: undefined, tokens: 0 };
    }
    if (result === undefined || observation === undefined) return undefined;
    const { pieces, text } = result.cut;
    const artifact = block.settled || !this.withRefs ? undefined : artifactOf(observation);
    return { block, observation, pieces, text, artifact, tokens: result.tokens };
  }

  /** Copies go whole, and are judged by bytes: the model never sees them. */
  private decideSidecar(deletion: Deletion): Decision {
    const isSmaller = this.block.bytes - 2 > SIDECAR_MARKER.length;
    this.isSidecarCut = isSmaller;
    return { deletion, refusal: isSmaller ? undefined : "its marker would be as long", tokens: 0, lines: 0 };
  }

  /** What a proposal asks for, less what is protected; undefined when nothing is left. */
  private removalOf(deletion: Deletion): Removal | undefined {
    const shielded = this.protection.ranges(this.block);
    const ranges = clippedRanges(deletion);
    if (deletion.unit === "lines") {
      const lines = subtract(ranges, shielded);
      return lines.length === 0 ? undefined : { lines, characters: [] };
    }
    const characters = ranges.filter((range) => {
      const line = lineAt(this.spans, range[0]);
      return !contains(shielded, line) && mayCutInside(this.block.text ?? "", this.spans[line]!, range);
    });
    return characters.length === 0 ? undefined : { lines: [], characters };
  }

  /** Why a block may not be cut this way, whatever it would free. */
  private obstacle(removal: Removal): string | undefined {
    const isWhole = sizeOf(removal.lines) === this.spans.length;
    if (this.observation?.blocks.some(({ settled }) => settled)) {
      const cut = this.block.settled ? parseCutText(this.block.text ?? "") : undefined;
      if (cut === undefined) return "another part of this observation was cut by an earlier run";
      if (cut.parts.length === 0) return "it was cut whole by an earlier run";
      if (!isWhole || cut.marker.ref === undefined)
        return "it was cut by an earlier run, and can only be replaced whole";
    } else if (!isWhole && hasGapLookalike(this.block.text ?? "")) {
      return "its text has something that reads like a gap, so lines of it could not be told apart";
    }
    return undefined;
  }

  private render(removal: Removal, observation: Observation): CutText {
    const { block, prices } = this;
    const settled = block.settled ? parseCutText(block.text ?? "") : undefined;
    return cutText(block.text ?? "", removal, {
      spans: this.spans,
      ref:
        settled === undefined
          ? this.withRefs
            ? artifactOf(observation).ref
            : undefined
          : settled.marker.ref,
      outcome: observation.outcome,
      linesBefore: linesBefore(observation, block),
      originalTokens: prices.originalTokens(block),
      originalLines: settled?.originalLines ?? this.spans.length,
      countTokens: (text) => prices.count(text),
    });
  }

  /** Measured on decoded text, where every deleted character counts least and every inserted one most. */
  private freesBytes({ pieces }: CutText): boolean {
    const text = this.block.text ?? "";
    let bytes = Buffer.byteLength(text);
    for (const piece of pieces) {
      if ("keep" in piece) bytes -= Buffer.byteLength(text.slice(piece.keep[0], piece.keep[1]));
      else bytes -= piece.insert.length + 2; // a line feed is three bytes at most
    }
    return bytes > 0;
  }
}

/** Both together: characters inside removed lines are gone with them, and a line has one gap at most. */
function merge(a: Removal, b: Removal, spans: readonly Range[]): Removal {
  const lines = unite([...a.lines, ...b.lines]);
  const characters = new Map<number, Range>();
  for (const [start, end] of [...a.characters, ...b.characters]) {
    const line = lineAt(spans, start);
    if (contains(lines, line)) continue;
    const other = characters.get(line);
    characters.set(
      line,
      other === undefined ? [start, end] : [Math.min(start, other[0]), Math.max(end, other[1])],
    );
  }
  return { lines, characters: unite([...characters.values()]) };
}

function linesBefore(observation: Observation, block: Block): number {
  let lines = 0;
  for (const other of observation.blocks) {
    if (other === block) break;
    lines += lineSpans(other.text ?? "").length;
  }
  return lines;
}
