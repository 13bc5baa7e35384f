// Promise 1. Reads each cut block as the next reader will and walks it along the original, line by line.
import { mayCutInside } from "../../transcript/long-lines.ts";
import { CHARACTER_GAP, parseCutText } from "../../transcript/marker.ts";
import type { Invariant } from "./invariant.ts";

export const verbatim: Invariant = {
  name: "verbatim",
  promise: "Minus markers, every block is an ordered subset of its input lines, character for character.",

  check({ changed }) {
    return changed.flatMap(({ line, blocks }) =>
      blocks.flatMap(({ block, text }) => {
        if (block.kind === "sidecar" || text === undefined || block.text === undefined) return [];
        const difference = firstDifference(block.text, text);
        return difference === undefined ? [] : [{ line: line.number, message: difference }];
      }),
    );
  },
};

function firstDifference(original: string, cut: string): string | undefined {
  const parsed = parseCutText(cut);
  if (parsed === undefined) return "a cut block does not begin with a marker";
  if (parsed.parts.length === 0) return undefined;
  const lines = original.split("\n");
  let at = 0;
  for (const part of parsed.parts) {
    if (part.type === "gap") at += part.lines;
    else if (!isSameLine(lines[at++], part.text, part.hasGap))
      return `line ${at} of a cut block is not its original line`;
  }
  return at === lines.length ? undefined : `a cut block accounts for ${at} of ${lines.length} lines`;
}

function isSameLine(original: string | undefined, kept: string, hasGap: boolean): boolean {
  if (original === undefined) return false;
  if (original === kept) return true;
  const gap = hasGap ? CHARACTER_GAP.exec(kept) : null;
  if (gap === null) return false;
  const range = [Number(gap[2]) - 1, Number(gap[3])] as const;
  const isLegal = mayCutInside(original, [0, original.length], range);
  return isLegal && original.slice(0, range[0]) + gap[0] + original.slice(range[1]) === kept;
}
