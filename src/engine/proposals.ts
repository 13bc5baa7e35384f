// In: a transcript and a pipeline. Out: everything its stages propose, as the ONE ordered list of the run: tier, then stage,
// then level. A budget later takes a prefix of it; nothing is judged here.
import { clip, subtract } from "../transcript/ranges.ts";
import type { Block, Deletion, Options, Plan, Range, Stage, Tier, Transcript } from "../transcript/types.ts";
import type { BlockCutter, Cutters } from "./block-cutter.ts";
import type { Prices } from "./prices.ts";
import type { Protection } from "./protection.ts";
import { mergeRemovals, NOTHING, type Removal, unprotectedPart } from "./removal.ts";

/** One stage with its options, complete and checked. */
export interface Step {
  readonly stage: Stage;
  readonly options: Options;
}

/** The same steps for a run with a budget: no stage stops by itself. */
export function withoutAims(steps: readonly Step[]): Step[] {
  return steps.map(({ stage, options }) => {
    const aims = Object.entries(stage.options).filter(([, { isAim }]) => isAim);
    const minima = Object.fromEntries(aims.map(([name, { minimum }]) => [name, minimum]));
    return { stage, options: { ...options, ...minima } };
  });
}

/** Runs the stages one after the other; each sees the original text and what the ones before it proposed. */
export function collectProposals(
  transcript: Transcript,
  steps: readonly Step[],
  run: { readonly prices: Prices; readonly protection: Protection; readonly cutters: Cutters },
): Deletion[] {
  const plan = new Proposed(run);
  const deletions = steps.flatMap(({ stage, options }) => {
    const found = stage.propose(transcript, options, plan);
    for (const deletion of found) plan.add(deletion);
    return found;
  });
  const stageOrder = new Map(steps.map(({ stage }, index) => [stage.name, index]));
  const rank = ({ block, stage }: Deletion) =>
    TIER_ORDER[block.tier] * steps.length + (stageOrder.get(stage) ?? 0);
  return deletions.sort((a, b) => rank(a) - rank(b) || a.level - b.level);
}

/** What has been proposed so far, as a plan for the next stage. */
class Proposed implements Plan {
  private readonly proposed = new Map<Block, Removal>();
  private readonly shields = new Map<Block, readonly Range[]>();
  private readonly prices: Prices;
  private readonly protection: Protection;
  private readonly cutters: Cutters;

  constructor(run: { readonly prices: Prices; readonly protection: Protection; readonly cutters: Cutters }) {
    this.prices = run.prices;
    this.protection = run.protection;
    this.cutters = run.cutters;
  }

  add(deletion: Deletion): void {
    const { block } = deletion;
    if (block.kind === "sidecar") return;
    const { spans } = this.cutters.of(block);
    const wanted = unprotectedPart(deletion, this.protectedLines(block), spans);
    if (wanted !== undefined) this.proposed.set(block, mergeRemovals(this.removal(block), wanted, spans));
  }

  protectedLines(block: Block): readonly Range[] {
    let shield = this.shields.get(block);
    if (shield === undefined) {
      shield = clip(this.protection.ranges(block), this.cutters.of(block).spans.length);
      this.shields.set(block, shield);
    }
    return shield;
  }

  deletedLines(block: Block): readonly Range[] {
    return this.removal(block).lines;
  }

  originalTokens(block: Block): number {
    return this.prices.originalTokens(block);
  }

  lineTokens(block: Block, line: number): number {
    return this.prices.lines(block).line(line);
  }

  tokensWithout(block: Block, lines: readonly Range[]): number {
    const cutter = this.cutters.of(block);
    const before = this.tokensAfter(cutter, this.removal(block), this.prices.tokens(block));
    const more = subtract(lines, this.protectedLines(block));
    if (more.length === 0) return before;
    return this.tokensAfter(
      cutter,
      mergeRemovals(this.removal(block), { lines: more, characters: [] }, cutter.spans),
      before,
    );
  }

  countTokens(text: string): number {
    return this.prices.count(text);
  }

  private removal(block: Block): Removal {
    return this.proposed.get(block) ?? NOTHING;
  }

  private tokensAfter(cutter: BlockCutter, removal: Removal, before: number): number {
    const isNothing = removal.lines.length === 0 && removal.characters.length === 0;
    if (isNothing || cutter.obstacle(removal) !== undefined) return before;
    const cut = cutter.cut(removal);
    return cutter.pays(cut, before) ? cut.tokens : before;
  }
}

const TIER_ORDER: Readonly<Record<Tier, number>> = { free: 0, careful: 1, never: 2 };
