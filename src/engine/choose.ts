// In: the ordered list of proposals. Out: the decision on each, and the cuts that follow. Takes a proposal when what is left
// of it after protection frees more than its marker costs; stops when the budget is met. Decisions depend on earlier
// proposals only, so a smaller budget keeps a subset of what a larger one keeps (promise 9).
import { type Artifact, artifactOf } from "../artifacts/artifact.ts";
import { SIDECAR_MARKER } from "../transcript/marker.ts";
import { sizeOf, unite } from "../transcript/ranges.ts";
import type { Block, Deletion, Observation, Transcript } from "../transcript/types.ts";
import type { BlockCutter, Cutters } from "./block-cutter.ts";
import { type CutText, type Piece, pieceTexts } from "./cut.ts";
import type { Prices } from "./prices.ts";
import type { Protection } from "./protection.ts";
import { mergeRemovals, NOTHING, type Removal, unprotectedPart } from "./removal.ts";

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

/**
 * Walks the list once.
 *
 * @param budget context tokens to get down to; undefined: every proposal is wanted, so the levels of a stage are one proposal
 */
export function choose(
  transcript: Transcript,
  proposals: readonly Deletion[],
  protection: Protection,
  prices: Prices,
  options: { readonly cutters: Cutters; readonly budget: number | undefined },
): Choice {
  const { budget, cutters } = options;
  const states = new Map<Block, BlockState>();
  let tokens = transcript.blocks.reduce((sum, block) => sum + prices.tokens(block), 0);
  const decisions: Decision[] = [];
  for (const deletion of budget === undefined ? joinLevels(proposals) : proposals) {
    if (budget !== undefined && tokens <= budget) break;
    const { block } = deletion;
    const state = states.get(block) ?? new BlockState(cutters.of(block), protection, prices);
    states.set(block, state);
    const decision = state.decide(deletion);
    tokens -= decision.tokens;
    decisions.push(decision);
  }
  const cuts = [...states.values()].flatMap((state) => state.cut() ?? []);
  return { decisions, cuts: cuts.sort((a, b) => a.block.id - b.block.id), tokensAfter: tokens };
}

/** What a stage proposes for one block on all its levels, at the place of the first. */
function joinLevels(proposals: readonly Deletion[]): Deletion[] {
  const joined = new Map<Block, Deletion[]>();
  const heads: { block: Block; index: number }[] = [];
  for (const deletion of proposals) {
    const list = joined.get(deletion.block) ?? [];
    joined.set(deletion.block, list);
    const index = list.findIndex(({ stage, unit }) => stage === deletion.stage && unit === deletion.unit);
    const earlier = list[index];
    if (earlier === undefined) heads.push({ block: deletion.block, index: list.push(deletion) - 1 });
    else list[index] = { ...deletion, ranges: unite([...earlier.ranges, ...deletion.ranges]) };
  }
  return heads.map(({ block, index }) => joined.get(block)![index]!);
}

/** What has been decided about one block so far. */
class BlockState {
  private readonly cutter: BlockCutter;
  private readonly protection: Protection;
  private readonly prices: Prices;
  private taken: Removal = NOTHING;
  private result: CutText | undefined;
  private isSidecarCut = false;
  /** Refused for their price alone: tried again together with the next proposal, since markers are paid once. */
  private waiting: Removal = NOTHING;

  constructor(cutter: BlockCutter, protection: Protection, prices: Prices) {
    this.cutter = cutter;
    this.protection = protection;
    this.prices = prices;
  }

  decide(deletion: Deletion): Decision {
    const { cutter } = this;
    const { block, spans } = cutter;
    if (block.kind === "sidecar") return this.decideSidecar(deletion);
    const refuse = (refusal: string): Decision => ({ deletion, refusal, tokens: 0, lines: 0 });
    const wanted = unprotectedPart(deletion, this.protection.ranges(block), spans);
    if (wanted === undefined) return refuse(this.protection.reason(block));
    const removal = mergeRemovals(mergeRemovals(this.taken, this.waiting, spans), wanted, spans);
    const obstacle = cutter.obstacle(removal);
    if (obstacle !== undefined) return refuse(obstacle);

    const cut = cutter.cut(removal);
    const before = this.result?.tokens ?? this.prices.tokens(block);
    if (!cutter.pays(cut, before)) {
      this.waiting = mergeRemovals(this.waiting, wanted, spans);
      return refuse("it frees too little for its marker");
    }
    const lines = sizeOf(removal.lines) - sizeOf(this.taken.lines);
    this.taken = removal;
    this.waiting = NOTHING;
    this.result = cut;
    return { deletion, refusal: undefined, tokens: before - cut.tokens, lines };
  }

  cut(): Cut | undefined {
    const { result } = this;
    const { block, observation, withRefs } = this.cutter;
    if (this.isSidecarCut) {
      const pieces = [{ insert: SIDECAR_MARKER }];
      return { block, observation: undefined, pieces, text: SIDECAR_MARKER, artifact: undefined, tokens: 0 };
    }
    if (result === undefined || observation === undefined) return undefined;
    const { pieces, tokens } = result;
    const artifact = block.settled || !withRefs ? undefined : artifactOf(observation);
    return { block, observation, pieces, text: pieceTexts(pieces, block.text ?? ""), artifact, tokens };
  }

  /** Copies go whole, and are judged by bytes: the model never sees them. */
  private decideSidecar(deletion: Deletion): Decision {
    const isSmaller = this.cutter.block.bytes - 2 > SIDECAR_MARKER.length;
    this.isSidecarCut = isSmaller;
    return { deletion, refusal: isSmaller ? undefined : "its marker would be as long", tokens: 0, lines: 0 };
  }
}
