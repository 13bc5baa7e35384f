// In: recalls. Out: their mean, measure by measure, over those that have it.
import type { Recall } from "./kept.ts";

export const MEASURES = ["v", "t", "vNear", "tNear", "vFar", "tFar", "vWeighted", "tWeighted"] as const;
export type Measure = (typeof MEASURES)[number];

export function meanRecall(recalls: readonly Recall[]): Recall {
  const entries = MEASURES.map((measure) => [measure, mean(recalls.map((recall) => recall[measure]))]);
  return Object.fromEntries(entries) as Recall;
}

/** Undefined where there is nothing to average. */
export function mean(values: readonly (number | undefined)[]): number | undefined {
  const there = values.filter((value) => value !== undefined);
  return there.length === 0 ? undefined : there.reduce((sum, value) => sum + value, 0) / there.length;
}
