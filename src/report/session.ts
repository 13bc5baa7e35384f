// In: what became of one transcript. Out: the transcript as people read it: what the model sees, block by block, and which lines
// of it went, by which stage and why. Plain data, for a page.
import type { Compaction } from "../compact.ts";
import type { Choice, Cut, Decision } from "../engine/choose.ts";
import { lineSpans } from "../transcript/lines.ts";
import { contains } from "../transcript/ranges.ts";
import type { Block, Observation, Range } from "../transcript/types.ts";
import { blockPrices } from "./build.ts";
import { contextKind } from "./context-kind.ts";
import { growthAt, lastStep } from "./growth.ts";
import type { Cause, RemovedLines, Session, Target } from "./session-data.ts";

/** So many steps at most, evenly spread: more than a chart has pixels for. */
const MOST_STEPS = 400;
const MOST_TARGETS = 80;
const MAX_LABEL = 300;

/** @returns undefined for a file that was not understood, and for one that holds several transcripts */
export function buildSession(compaction: Compaction): Session | undefined {
  if (compaction.status === "unknown-format" || compaction.transcripts !== 1) return undefined;
  const { transcript, prices } = compaction;
  const cuts = compaction.status === "compacted" ? compaction.choice.cuts : [];
  const { before, after } = blockPrices(cuts, prices);
  const owners = new Map(
    transcript.observations.flatMap((observation) => observation.blocks.map((block) => [block, observation])),
  );
  const removals = compaction.status === "compacted" ? new Removals(compaction.choice) : undefined;
  const last = lastStep(transcript);
  const points = Math.min(last, MOST_STEPS);
  const steps = Array.from({ length: points }, (_, i) => Math.round(((i + 1) * last) / points));
  return {
    growth: growthAt(steps, transcript, before, after),
    blocks: transcript.blocks
      .filter(({ text }) => text !== undefined)
      .map((block) => ({
        line: block.entry.line.number,
        kind: contextKind(block),
        label: labelOf(owners.get(block)),
        outcome: owners.get(block)?.outcome ?? "",
        tokensBefore: before(block),
        tokensAfter: after(block),
        text: block.text ?? "",
        removed: removals?.of(block) ?? [],
      })),
    causes: removals?.causes ?? [],
    targets: targetsOf(transcript.observations, before, after),
  };
}

function labelOf(observation: Observation | undefined): string {
  if (observation === undefined) return "";
  const { toolName, target = "" } = observation;
  return `${toolName} ${target.replace(/\s+/g, " ")}`.trim().slice(0, MAX_LABEL);
}

/** What went of each block. */
class Removals {
  readonly causes: Cause[] = [];
  private readonly places = new Map<string, number>();
  private readonly cuts: ReadonlyMap<Block, Cut>;
  private readonly decisions = new Map<Block, Decision[]>();

  constructor({ cuts, decisions }: Choice) {
    this.cuts = new Map(cuts.map((cut) => [cut.block, cut]));
    for (const decision of decisions) {
      const { block } = decision.deletion;
      const known = this.decisions.get(block);
      if (known === undefined) this.decisions.set(block, [decision]);
      else known.push(decision);
    }
  }

  of(block: Block): RemovedLines[] {
    const cut = this.cuts.get(block);
    if (cut === undefined) return [];
    const own = this.decisions.get(block) ?? [];
    const order = [...own.filter(({ refusal }) => refusal === undefined), ...own];
    const kept = cut.pieces.flatMap((piece) => ("keep" in piece ? [piece.keep] : []));
    const spans = lineSpans(block.text ?? "");
    const removed: RemovedLines[] = [];
    spans.forEach((span, line) => {
      const left = keptOf(span, kept);
      if (left === "all") return;
      const decision = order.find(({ deletion: { ranges, unit } }) =>
        unit === "lines"
          ? contains(ranges, line)
          : ranges.some(([start, end]) => start < span[1] && end > span[0]),
      );
      const cause = this.place(decision?.deletion ?? own[0]?.deletion);
      const before = removed.at(-1);
      const isPart = left === "part";
      if (before?.end === line && before.cause === cause && !before.isPart && !isPart)
        removed[removed.length - 1] = { ...before, end: line + 1 };
      else removed.push({ start: line, end: line + 1, isPart, cause });
    });
    return removed;
  }

  private place(cause: Cause | undefined): number {
    const { stage = "", reason = "" } = cause ?? {};
    const key = `${stage}\n${reason}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    this.places.set(key, this.causes.length);
    return this.causes.push({ stage, reason }) - 1;
  }
}

/** Pieces are cut at line ends, or inside one line. An empty line is kept when a piece that is kept reaches it. */
function keptOf([start, end]: Range, kept: readonly Range[]): "all" | "part" | "none" {
  if (kept.some(([from, to]) => from <= start && end <= to)) return "all";
  return kept.some(([from, to]) => from < end && start < to) ? "part" : "none";
}

function targetsOf(
  observations: readonly Observation[],
  before: (block: Block) => number,
  after: (block: Block) => number,
): Target[] {
  const targets = new Map<string, { tool: string; target: string; before: number; after: number }>();
  for (const { toolName: tool, target = "", blocks, live } of observations) {
    if (!live) continue;
    const key = `${tool}\n${target}`;
    const known = targets.get(key) ?? { tool, target: target.slice(0, MAX_LABEL), before: 0, after: 0 };
    targets.set(key, known);
    for (const block of blocks) {
      known.before += before(block);
      known.after += after(block);
    }
  }
  return [...targets.values()].sort((a, b) => b.before - a.before).slice(0, MOST_TARGETS);
}
