// In: the lines of a text. Out: what each costs in its place, and what the text would cost with other lines in the place
// of some: exactly the count of the joined result, without counting again what stays. Never changes a line.

import { JoinedText } from "./joined-text.ts";
import type { TokenCounter } from "./token-counter.ts";

/** A part of a new text: lines `[start, end)` of the priced one, or lines that are not in it, such as a marker. */
export type TextPart = { readonly start: number; readonly end: number } | { readonly text: string };

/** Prices of the lines of one text, in tokens. */
export interface LinePrices {
  /** The count of all lines joined by line ends. */
  readonly total: number;
  /** The tokens of a line in its place, with its line end: those of the pieces that begin in it. They add up to `total`. */
  line(index: number): number;
  /** The sum over lines `[start, end)`. What deleting them saves can differ by what their neighbours then join to. */
  range(start: number, end: number): number;
  /**
   * The count of the text that the parts make when joined by line ends. Its time grows with the number of parts and
   * the segments cut by their edges, not with the lines between.
   */
  after(parts: readonly TextPart[]): number;
}

/**
 * Prices the lines of a text.
 * @param lines the text split at "\n"
 */
export function priceLines(lines: readonly string[], counter: TokenCounter): LinePrices {
  const { additivity } = counter;
  const before = unitsBefore(lines, counter);
  const { starts, ends } = segmentsOf(lines, counter);
  const range = (start: number, end: number): number =>
    additivity.tokens(before[end]!) - additivity.tokens(before[start]!);

  const addRange = (text: JoinedText, start: number, end: number): void => {
    const addLines = (from: number, to: number): void => {
      // The price of a whole segment holds where a line followed it, so not for the last one.
      const isWhole = from === starts[from] && to === ends[from] && to < lines.length;
      text.addLines(lines.slice(from, to), isWhole ? before[to]! - before[from]! : undefined);
    };
    if (start >= end) return;
    const firstEnd = Math.min(ends[start]!, end);
    addLines(start, firstEnd);
    if (firstEnd === end) return;
    const lastStart = starts[end - 1]!;
    text.addSegments(before[lastStart]! - before[firstEnd]!);
    addLines(lastStart, end);
  };

  return {
    total: range(0, lines.length),
    line: (index) => range(index, index + 1),
    range,
    after(parts) {
      const text = new JoinedText(additivity);
      for (const part of parts) {
        if ("text" in part) for (const line of part.text.split("\n")) text.add(line);
        else addRange(text, part.start, part.end);
      }
      return additivity.tokens(text.units());
    },
  };
}

/** For each line, and for the end, the units of the lines before it. */
function unitsBefore(lines: readonly string[], { additivity }: TokenCounter): Float64Array {
  const before = new Float64Array(lines.length + 1);
  if (lines.length > 0) before.set(additivity.unitsUpToLines(lines.join("\n")), 1);
  return before;
}

/** For each line the first line of its segment, and the line behind the last. */
function segmentsOf(lines: readonly string[], { additivity }: TokenCounter) {
  const starts = new Int32Array(lines.length);
  const ends = new Int32Array(lines.length);
  for (let i = 1; i < lines.length; i++) {
    starts[i] = additivity.startsSegment(lines[i]!, lines[i - 1]!) ? i : starts[i - 1]!;
  }
  for (let i = lines.length - 1; i >= 0; i--) {
    ends[i] = i + 1 < lines.length && starts[i + 1] !== i + 1 ? ends[i + 1]! : i + 1;
  }
  return { starts, ends };
}
