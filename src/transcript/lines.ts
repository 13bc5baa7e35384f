// In: a text. Out: where its lines are. A line is what stands between line feeds: a carriage return belongs to its line, and
// a text that ends with a line feed has an empty last line (DESIGN 6).
import type { Range } from "./types.ts";

/** The lines as half-open character ranges, without their line feeds. */
export function lineSpans(text: string): Range[] {
  const spans: Range[] = [];
  let start = 0;
  for (let feed = text.indexOf("\n"); feed !== -1; feed = text.indexOf("\n", start)) {
    spans.push([start, feed]);
    start = feed + 1;
  }
  spans.push([start, text.length]);
  return spans;
}

/** The line that holds a character, by binary search. */
export function lineAt(spans: readonly Range[], character: number): number {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (spans[middle]![0] <= character) low = middle;
    else high = middle - 1;
  }
  return low;
}
