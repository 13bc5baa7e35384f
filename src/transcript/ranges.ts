// In: half-open ranges. Out: their union, difference and size, ascending and without overlap. Knows nothing of lines or characters.
import type { Range } from "./types.ts";

/** Sorts, joins what touches or overlaps, and drops what is empty. */
export function unite(ranges: readonly Range[]): Range[] {
  const result: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (start >= end) continue;
    const last = result.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

/** What of `ranges` is in none of `others`. */
export function subtract(ranges: readonly Range[], others: readonly Range[]): Range[] {
  let left = unite(ranges);
  for (const [start, end] of unite(others)) {
    left = left.flatMap((range): Range[] =>
      range[1] <= start || range[0] >= end
        ? [range]
        : [
            [range[0], Math.max(range[0], start)] as const,
            [Math.min(range[1], end), range[1]] as const,
          ].filter(([from, to]) => from < to),
    );
  }
  return left;
}

/** Cuts ranges off at `[0, length)`. */
export function clip(ranges: readonly Range[], length: number): Range[] {
  return unite(ranges.map(([start, end]) => [Math.max(0, start), Math.min(length, end)] as const));
}

export function contains(ranges: readonly Range[], position: number): boolean {
  return ranges.some(([start, end]) => start <= position && position < end);
}

export function sizeOf(ranges: readonly Range[]): number {
  return ranges.reduce((size, [start, end]) => size + end - start, 0);
}
