// In: measured cuts. Out: what our own method comes to in each transcript, as means over its cuts, V and T apart: what is joined
// with other tables, such as a report.
import { mean } from "./mean-recall.ts";
import type { MeasuredCut, Point, PointKind } from "./measure.ts";

export interface TranscriptRecall {
  /** As the file was named. */
  readonly path: string;
  readonly format: string;
  readonly points: readonly PointRecall[];
}

/** What one way to compact comes to in one transcript. */
export interface PointRecall {
  readonly name: string;
  readonly kind: PointKind;
  readonly cuts: number;
  /** Share of the observation tokens. */
  readonly kept: number;
  /** Undefined where no cut has references of the family. */
  readonly v: number | undefined;
  readonly t: number | undefined;
}

export function byTranscript(cuts: readonly MeasuredCut[]): TranscriptRecall[] {
  return grouped(cuts, ({ transcript }) => transcript).map((own) => ({
    path: own[0]!.transcript,
    format: own[0]!.format,
    points: grouped(placed(own), ({ point }) => `${point.kind} ${point.name}`).map(pointOf),
  }));
}

/** In the order in which groups begin. */
function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known === undefined) groups.set(keyOf(item), [item]);
    else known.push(item);
  }
  return [...groups.values()];
}

interface Placed {
  readonly point: Point;
  /** Tokens of the observations before the cut. */
  readonly tokens: number;
}

function placed(cuts: readonly MeasuredCut[]): Placed[] {
  return cuts.flatMap(({ points, tokens }) => points.map((point) => ({ point, tokens })));
}

function pointOf(same: readonly Placed[]): PointRecall {
  const { name, kind } = same[0]!.point;
  return {
    name,
    kind,
    cuts: same.length,
    kept: mean(same.map(({ point, tokens }) => point.ours.tokens / tokens)) ?? 0,
    v: mean(same.map(({ point }) => point.ours.recall.v)),
    t: mean(same.map(({ point }) => point.ours.recall.t)),
  };
}
