// In: a block's text and what is to go of it. Out: the text that stays, with markers where something went. Inserts nothing
// but markers and the line feed after the first of them; everything kept is a range of the original text.
import { lineAt } from "../transcript/lines.ts";
import { type BlockMarker, printBlockMarker, printCharacterGap, printLineGap } from "../transcript/marker.ts";
import { contains, sizeOf } from "../transcript/ranges.ts";
import type { Outcome, Range } from "../transcript/types.ts";

/** A piece of a cut text: kept characters of the original, or inserted ASCII. */
export type Piece = { readonly keep: Range } | { readonly insert: string };

/** What goes of one block. */
export interface Removal {
  /** Line ranges, ascending, apart from each other. */
  readonly lines: readonly Range[];
  /** Character ranges of the text, each inside one line that is not removed; at most one a line. */
  readonly characters: readonly Range[];
}

export interface CutContext {
  readonly spans: readonly Range[];
  readonly ref: string | undefined;
  readonly outcome: Outcome;
  /** How many lines of the artifact stand before this block: gaps name lines of the artifact. */
  readonly linesBefore: number;
  /** Price of the text that is there now, and of a settled block's text before it was cut. */
  readonly originalTokens: number;
  /** Lines of the text before it was cut, where that was done by an earlier run. */
  readonly originalLines: number;
  countTokens(text: string): number;
}

export interface CutText {
  readonly pieces: readonly Piece[];
  readonly text: string;
  /** The text without markers. */
  readonly kept: string;
  readonly marker: BlockMarker;
}

/** Builds the text that stays of a block. */
export function cutText(text: string, removal: Removal, context: CutContext): CutText {
  const isWhole = sizeOf(removal.lines) === context.spans.length;
  const body = isWhole ? [] : bodyPieces(removal, context);
  const kept = isWhole ? "" : keptText(text, removal, context.spans);
  const marker: BlockMarker = {
    ref: context.ref,
    outcome: context.outcome,
    lines: isWhole ? context.originalLines : sizeOf(removal.lines),
    tokens: context.originalTokens - context.countTokens(kept),
  };
  const pieces: Piece[] = [{ insert: printBlockMarker(marker) + (isWhole ? "" : "\n") }, ...body];
  return { pieces, kept, marker, text: pieces.map((piece) => pieceText(piece, text)).join("") };
}

/** Kept stretches and gaps, in order. The line feed after a gap is the one that ended its last line. */
function bodyPieces({ lines, characters }: Removal, { spans, linesBefore }: CutContext): Piece[] {
  const gaps: { range: Range; marker: string }[] = lines.map(([first, end]) => ({
    range: [spans[first]![0], spans[end - 1]![1]],
    marker: printLineGap([linesBefore + first, linesBefore + end]),
  }));
  for (const [start, end] of characters) {
    const line = lineAt(spans, start);
    const offset = spans[line]![0];
    gaps.push({
      range: [start, end],
      marker: printCharacterGap(linesBefore + line, [start - offset, end - offset]),
    });
  }
  gaps.sort((a, b) => a.range[0] - b.range[0]);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { range, marker } of gaps) {
    if (range[0] > at) pieces.push({ keep: [at, range[0]] });
    pieces.push({ insert: marker });
    at = range[1];
  }
  const end = spans.at(-1)![1];
  if (end > at) pieces.push({ keep: [at, end] });
  return pieces;
}

function keptText(text: string, { lines, characters }: Removal, spans: readonly Range[]): string {
  const kept: string[] = [];
  spans.forEach(([start, end], line) => {
    if (contains(lines, line)) return;
    const gap = characters.find((range) => range[0] >= start && range[1] <= end);
    kept.push(
      gap === undefined ? text.slice(start, end) : text.slice(start, gap[0]) + text.slice(gap[1], end),
    );
  });
  return kept.join("\n");
}

export function pieceText(piece: Piece, text: string): string {
  return "keep" in piece ? text.slice(piece.keep[0], piece.keep[1]) : piece.insert;
}
