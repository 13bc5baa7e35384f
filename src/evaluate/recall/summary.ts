// In: measured cuts. Out: the result: for each kind of transcript and all together, at each point, every method's recall, kept share
// and the paired difference to ours; and beside it what is never mixed in.
import { RANDOM } from "./baselines/index.ts";
import { type Estimate, estimate } from "./bootstrap.ts";
import { byTranscript, type TranscriptRecall } from "./by-transcript.ts";
import { MEASURES, type Measure, mean } from "./mean-recall.ts";
import { type MeasuredCut, type MethodScore, OURS, type Point, type PointKind } from "./measure.ts";
import { addStrata, type Stratum } from "./strata.ts";

export interface Result {
  readonly version: 1;
  readonly groups: readonly Group[];
  readonly transcripts: readonly TranscriptRecall[];
  /** Files without a known format, and those without a cut that says anything. */
  readonly skipped: readonly string[];
}

export interface Group {
  /** A format, `all`, or what the large prefixes come to. */
  readonly name: string;
  readonly cuts: number;
  readonly transcripts: number;
  /** Means a cut. */
  readonly observationTokens: number;
  readonly references: { readonly v: number; readonly t: number; readonly reacquired: number };
  readonly points: readonly PointSummary[];
  /** Mean recall over the kept shares of the budgets, by method: undefined with fewer than two budgets. */
  readonly area: readonly {
    readonly method: string;
    readonly v: number | undefined;
    readonly t: number | undefined;
  }[];
}

export interface PointSummary {
  readonly name: string;
  readonly kind: PointKind;
  readonly methods: readonly MethodSummary[];
  readonly cuts: number;
  /** Cuts where what is protected alone is more than the budget. */
  readonly missed: number;
  /** Of ours. */
  readonly strata: readonly Stratum[];
  readonly beside: {
    readonly rereadTokens: number;
    readonly stale: number | undefined;
    readonly artifactTrail: number | undefined;
    readonly constraints: number | undefined;
  };
}

export interface MethodSummary {
  readonly method: string;
  /** Share of the observation tokens. */
  readonly kept: number;
  readonly recall: Readonly<Record<Measure, Estimate | undefined>>;
  /** Ours less this method, cut by cut; undefined for ours. */
  readonly lead:
    | {
        readonly v: Estimate | undefined;
        readonly t: Estimate | undefined;
        readonly vFar: Estimate | undefined;
      }
    | undefined;
  /** Share of the way from random lines to 1; undefined where random lines were not measured. */
  readonly skill: { readonly v: number | undefined; readonly t: number | undefined } | undefined;
}

/** From here on a prefix is what compaction is for; told apart as well. In tokens of observations. */
const LARGE = 20_000;
export const ALL = "all";

export function summarise(cuts: readonly MeasuredCut[], skipped: readonly string[]): Result {
  const formats = [...new Set(cuts.map(({ format }) => format))].sort();
  const groups = formats.map((name) =>
    group(
      name,
      cuts.filter(({ format }) => format === name),
    ),
  );
  if (cuts.length > 0) groups.push(group(ALL, cuts));
  const large = cuts.filter(({ tokens }) => tokens >= LARGE);
  if (large.length > 0 && large.length < cuts.length) groups.push(group("20k tokens and more", large));
  return {
    version: 1,
    groups: formats.length === 1 ? groups.slice(1) : groups,
    transcripts: byTranscript(cuts),
    skipped,
  };
}

function group(name: string, cuts: readonly MeasuredCut[]): Group {
  const names = [
    ...new Map(
      cuts.flatMap(({ points }) => points.map((point) => [`${point.kind} ${point.name}`, point])),
    ).values(),
  ];
  const points = names
    .sort((a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind])
    .map((point) => summarisePoint(point, cuts));
  const meanOf = (value: (cut: MeasuredCut) => number) => mean(cuts.map(value)) ?? 0;
  return {
    name,
    cuts: cuts.length,
    transcripts: new Set(cuts.map(({ transcript }) => transcript)).size,
    observationTokens: meanOf(({ tokens }) => tokens),
    references: {
      v: meanOf(({ references }) => references.v),
      t: meanOf(({ references }) => references.t),
      reacquired: meanOf(({ references }) => references.reacquired),
    },
    points,
    area: areas(points.filter(({ kind }) => kind === "budget")),
  };
}

const KIND_ORDER: Readonly<Record<PointKind, number>> = { budget: 0, preset: 1, published: 2 };

interface PlacedPoint {
  readonly cut: MeasuredCut;
  readonly point: Point;
}

function summarisePoint({ name, kind }: Point, cuts: readonly MeasuredCut[]): PointSummary {
  const placed = cuts.flatMap((cut): PlacedPoint[] => {
    const point = cut.points.find((candidate) => candidate.name === name && candidate.kind === kind);
    return point === undefined ? [] : [{ cut, point }];
  });
  const names = [OURS, ...new Set(placed.flatMap(({ point }) => point.others.map(({ method }) => method)))];
  const methods = names.map((method) => summariseMethod(method, placed));
  const random = methods.find(({ method }) => method === RANDOM);
  return {
    name,
    kind,
    methods: methods.map((method) => ({ ...method, skill: skill(method, random) })),
    cuts: placed.length,
    missed: placed.filter(({ point }) => !point.ours.isMet).length,
    strata: addStrata(placed.map(({ point }) => point.ours.strata)),
    beside: {
      rereadTokens: mean(placed.map(({ point }) => point.ours.beside.rereadTokens)) ?? 0,
      stale: mean(placed.map(({ point }) => point.ours.beside.stale)),
      artifactTrail: mean(placed.map(({ point }) => point.ours.beside.artifactTrail)),
      constraints: mean(placed.map(({ point }) => point.ours.beside.constraints)),
    },
  };
}

function scoreOf(method: string, { ours, others }: Point): MethodScore | undefined {
  return method === OURS ? ours : others.find((other) => other.method === method);
}

function summariseMethod(method: string, placed: readonly PlacedPoint[]): Omit<MethodSummary, "skill"> {
  const sample = (value: (score: MethodScore, point: Point) => number | undefined) =>
    estimate(
      placed.map(({ cut, point }) => {
        const score = scoreOf(method, point);
        return { transcript: cut.transcript, value: score === undefined ? undefined : value(score, point) };
      }),
    );
  const lead = (measure: Measure) =>
    sample(({ recall }, { ours }) => {
      const [own, other] = [ours.recall[measure], recall[measure]];
      return own === undefined || other === undefined ? undefined : own - other;
    });
  const kept = placed.map(({ cut, point }) => {
    const score = scoreOf(method, point);
    return score === undefined ? undefined : score.tokens / cut.tokens;
  });
  const recall = MEASURES.map((measure) => [measure, sample((score) => score.recall[measure])]);
  return {
    method,
    kept: mean(kept) ?? 0,
    recall: Object.fromEntries(recall) as MethodSummary["recall"],
    lead: method === OURS ? undefined : { v: lead("v"), t: lead("t"), vFar: lead("vFar") },
  };
}

function skill(
  method: Pick<MethodSummary, "recall">,
  random: Pick<MethodSummary, "recall"> | undefined,
): MethodSummary["skill"] {
  if (random === undefined) return undefined;
  const of = (family: "v" | "t") => {
    const own = method.recall[family]?.mean;
    const floor = random.recall[family]?.mean;
    return own === undefined || floor === undefined || floor === 1 ? undefined : (own - floor) / (1 - floor);
  };
  return { v: of("v"), t: of("t") };
}

/** Trapezoids between the budgets, divided by the width: between 0 and 1. */
function areas(points: readonly PointSummary[]): Group["area"] {
  const methods = points[0]?.methods.map(({ method }) => method) ?? [];
  return methods.map((method) => {
    const curve = points
      .flatMap(({ methods }) => methods.filter((candidate) => candidate.method === method))
      .sort((a, b) => a.kept - b.kept);
    return { method, v: area(curve, "v"), t: area(curve, "t") };
  });
}

function area(curve: readonly MethodSummary[], family: "v" | "t"): number | undefined {
  const width = (curve.at(-1)?.kept ?? 0) - (curve[0]?.kept ?? 0);
  if (width <= 0 || curve.some(({ recall }) => recall[family] === undefined)) return undefined;
  let sum = 0;
  for (let i = 1; i < curve.length; i++) {
    const [left, right] = [curve[i - 1]!, curve[i]!];
    sum += ((right.kept - left.kept) * (left.recall[family]!.mean + right.recall[family]!.mean)) / 2;
  }
  return sum / width;
}
