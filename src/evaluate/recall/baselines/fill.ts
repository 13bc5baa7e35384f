// In: lines in the order in which a method wants them, and tokens to spend. Out: those that fit, gaps paid.
import type { Kept } from "../kept.ts";
import type { Material } from "./material.ts";

/** Takes every row that still fits; what is gone between two lines that stay costs a gap. */
export function fill({ rows, shown, gapTokens }: Material, order: Iterable<number>, budget: number): Kept {
  const isKept = new Uint8Array(rows.count);
  let tokens = shown.length * gapTokens; // nothing is there: one gap an observation
  for (const row of order) {
    if (isKept[row] === 1) continue;
    const of = rows.shown[row]!;
    const isGap = (other: number) =>
      other >= rows.starts[of]! && other < rows.starts[of + 1]! && isKept[other] === 0;
    const gaps = (isGap(row - 1) ? 1 : 0) + (isGap(row + 1) ? 1 : 0) - 1;
    const cost = rows.price[row]! + gaps * gapTokens;
    if (tokens + cost > budget) continue;
    isKept[row] = 1;
    tokens += cost;
  }
  return { lines: shown.map((_, i) => isKept.slice(rows.starts[i], rows.starts[i + 1])), tokens };
}
