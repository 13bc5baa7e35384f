// In: rows of features, each needed or not, with weights. Out: boosted decision trees: each one corrects what those before it say.
// Deterministic: every row is looked at, and of equally good questions the first is asked.
import { LEAVES, QUESTIONS, type Trees } from "../../src/scoring/trees.ts";

export interface Sample {
  /** All rows one after the other. */
  readonly values: Float32Array;
  readonly isNeeded: Uint8Array;
  readonly weight: Float64Array;
}

const TREES = 60;
const RATE = 0.08;
/** Draws leaves of little evidence to zero. */
const RIDGE = 1;
/** A question must leave so many rows on each side. */
const MIN_ROWS = 100;
/** Thresholds that are tried, a feature: quantiles. */
const BINS = 64;

/** Where no question helps, all rows go one way. */
const NOTHING_IS_MORE = 3e38;

interface Binned {
  /** By feature: in which bin each row is. */
  readonly bins: readonly Uint8Array[];
  /** By feature: the largest value of each bin but the last. */
  readonly edges: readonly Float32Array[];
}

/** @param askable positions of the features that may be asked about, in rows of `width` */
export function boostTrees(sample: Sample, width: number, askable: readonly number[]): Trees {
  const rows = sample.isNeeded.length;
  const mean = sample.weight.reduce((sum, weight) => sum + weight, 0) / rows;
  const weight = sample.weight.map((one) => one / mean);
  const binned = binValues(sample.values, width, askable);
  const trees: Trees = {
    features: new Int32Array(TREES * QUESTIONS),
    thresholds: new Float32Array(TREES * QUESTIONS).fill(NOTHING_IS_MORE),
    leaves: new Float64Array(TREES * LEAVES),
  };
  const scores = new Float64Array(rows);
  const slopes = new Float64Array(rows);
  const curves = new Float64Array(rows);
  const nodes = new Uint8Array(rows);
  for (let tree = 0; tree < TREES; tree++) {
    for (let row = 0; row < rows; row++) {
      const chance = 1 / (1 + Math.exp(-scores[row]!));
      slopes[row] = weight[row]! * (chance - sample.isNeeded[row]!);
      curves[row] = weight[row]! * chance * (1 - chance);
    }
    nodes.fill(0);
    for (let first = 0; first < QUESTIONS; first = 2 * first + 1) {
      const questions = bestQuestions(binned, { slopes, curves, nodes, first });
      questions.forEach((question, i) => {
        if (question === undefined) return;
        trees.features[tree * QUESTIONS + first + i] = askable[question.column]!;
        trees.thresholds[tree * QUESTIONS + first + i] = binned.edges[question.column]![question.bin]!;
      });
      for (let row = 0; row < rows; row++) {
        const question = questions[nodes[row]! - first];
        const isMore = question !== undefined && binned.bins[question.column]![row]! > question.bin;
        nodes[row] = 2 * nodes[row]! + (isMore ? 2 : 1);
      }
    }
    setLeaves(trees.leaves.subarray(tree * LEAVES, (tree + 1) * LEAVES), { slopes, curves, nodes });
    for (let row = 0; row < rows; row++)
      scores[row]! += trees.leaves[tree * LEAVES + nodes[row]! - QUESTIONS]!;
  }
  return trees;
}

interface Question {
  readonly column: number;
  readonly bin: number;
}

/** The questions of one level, one for each node of it, the first of which is `first`; undefined where none helps. */
function bestQuestions(
  { bins }: Binned,
  at: { slopes: Float64Array; curves: Float64Array; nodes: Uint8Array; first: number },
): (Question | undefined)[] {
  const count = at.first + 1;
  const best = new Float64Array(count);
  const questions: (Question | undefined)[] = Array.from({ length: count }, () => undefined);
  const slope = new Float64Array(count * BINS);
  const curve = new Float64Array(count * BINS);
  const rows = new Float64Array(count * BINS);
  for (let column = 0; column < bins.length; column++) {
    slope.fill(0);
    curve.fill(0);
    rows.fill(0);
    const own = bins[column]!;
    for (let row = 0; row < own.length; row++) {
      const slot = (at.nodes[row]! - at.first) * BINS + own[row]!;
      slope[slot]! += at.slopes[row]!;
      curve[slot]! += at.curves[row]!;
      rows[slot]!++;
    }
    for (let node = 0; node < count; node++) {
      const part = (values: Float64Array) => values.subarray(node * BINS, (node + 1) * BINS);
      const found = bestBin(part(slope), part(curve), part(rows));
      if (found.gain <= best[node]! + 1e-9) continue;
      best[node] = found.gain;
      questions[node] = { column, bin: found.bin };
    }
  }
  return questions;
}

function bestBin(
  slope: Float64Array,
  curve: Float64Array,
  rows: Float64Array,
): { gain: number; bin: number } {
  const [allSlope, allCurve, allRows] = [total(slope), total(curve), total(rows)];
  const value = (s: number, c: number) => (s * s) / (c + RIDGE);
  let best = { gain: 0, bin: 0 };
  let [s, c, n] = [0, 0, 0];
  for (let bin = 0; bin < BINS - 1; bin++) {
    s += slope[bin]!;
    c += curve[bin]!;
    n += rows[bin]!;
    if (rows[bin] === 0 || n < MIN_ROWS || allRows - n < MIN_ROWS) continue;
    const gain = value(s, c) + value(allSlope - s, allCurve - c) - value(allSlope, allCurve);
    if (gain > best.gain) best = { gain, bin };
  }
  return best;
}

function setLeaves(
  leaves: Float64Array,
  { slopes, curves, nodes }: { slopes: Float64Array; curves: Float64Array; nodes: Uint8Array },
): void {
  const slope = new Float64Array(LEAVES);
  const curve = new Float64Array(LEAVES);
  for (let row = 0; row < nodes.length; row++) {
    slope[nodes[row]! - QUESTIONS]! += slopes[row]!;
    curve[nodes[row]! - QUESTIONS]! += curves[row]!;
  }
  for (let leaf = 0; leaf < LEAVES; leaf++) leaves[leaf] = (-RATE * slope[leaf]!) / (curve[leaf]! + RIDGE);
}

function binValues(values: Float32Array, width: number, askable: readonly number[]): Binned {
  const rows = values.length / width;
  const edges = askable.map((feature) => {
    const sorted = Float32Array.from({ length: rows }, (_, row) => values[row * width + feature]!).sort();
    const quantiles = Array.from(
      { length: BINS - 1 },
      (_, i) => sorted[Math.floor(((i + 1) / BINS) * rows)]!,
    );
    return Float32Array.from(new Set(quantiles));
  });
  const bins = askable.map((feature, column) =>
    Uint8Array.from({ length: rows }, (_, row) => binOf(values[row * width + feature]!, edges[column]!)),
  );
  return { bins, edges };
}

/** The number of edges below the value. */
function binOf(value: number, edges: Float32Array): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
