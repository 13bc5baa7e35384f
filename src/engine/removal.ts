// In: proposals for one block. Out: what of them may go, and all of them together. Whole lines, and middles of very long ones.
import { lineAt } from "../transcript/lines.ts";
import { mayCutInside } from "../transcript/long-lines.ts";
import { clip, contains, subtract, unite } from "../transcript/ranges.ts";
import type { Deletion, Range } from "../transcript/types.ts";

/** What goes of one block. */
export interface Removal {
  /** Line ranges, ascending, apart from each other. */
  readonly lines: readonly Range[];
  /** Character ranges of the text, each inside one line that is not removed; at most one a line. */
  readonly characters: readonly Range[];
}

export const NOTHING: Removal = { lines: [], characters: [] };

/**
 * What a proposal asks for, less what is protected; undefined when nothing is left.
 *
 * @param spans the lines of the block
 */
export function unprotectedPart(
  { block, ranges, unit }: Deletion,
  shielded: readonly Range[],
  spans: readonly Range[],
): Removal | undefined {
  const text = block.text ?? "";
  if (unit === "lines") {
    const lines = subtract(clip(ranges, spans.length), shielded);
    return lines.length === 0 ? undefined : { lines, characters: [] };
  }
  const characters = clip(ranges, text.length).filter((range) => {
    const line = lineAt(spans, range[0]);
    return !contains(shielded, line) && mayCutInside(text, spans[line]!, range);
  });
  return characters.length === 0 ? undefined : { lines: [], characters };
}

/** Both together: characters inside removed lines are gone with them, and a line has one gap at most. */
export function mergeRemovals(a: Removal, b: Removal, spans: readonly Range[]): Removal {
  const lines = unite([...a.lines, ...b.lines]);
  const characters = new Map<number, Range>();
  for (const [start, end] of [...a.characters, ...b.characters]) {
    const line = lineAt(spans, start);
    if (contains(lines, line)) continue;
    const other = characters.get(line);
    characters.set(
      line,
      other === undefined ? [start, end] : [Math.min(start, other[0]), Math.max(end, other[1])],
    );
  }
  return { lines, characters: unite([...characters.values()]) };
}
