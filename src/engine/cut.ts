// In: a block's text and what is to go of it. Out: the text that stays, with markers where something went. Inserts nothing
// but markers and the line feed after the first of them; everything kept is a range of the original text.
import type { LinePrices, TextPart } from "../tokens/index.ts";
import { lineAt } from "../transcript/lines.ts";
import { type BlockMarker, printBlockMarker, printCharacterGap, printLineGap } from "../transcript/marker.ts";
import { sizeOf } from "../transcript/ranges.ts";
import type { Outcome, Range } from "../transcript/types.ts";
import type { Removal } from "./removal.ts";

/** A piece of a cut text: kept characters of the original, or inserted ASCII. */
export type Piece = { readonly keep: Range } | { readonly insert: string };

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
  readonly linePrices: LinePrices;
}

export interface CutText {
  readonly pieces: readonly Piece[];
  readonly marker: BlockMarker;
  /** Exact price of the text that the pieces make. */
  readonly tokens: number;
}

/** Builds what stays of a block, and prices it without building its text. */
export function cutText(text: string, removal: Removal, context: CutContext): CutText {
  const { linePrices } = context;
  const isWhole = sizeOf(removal.lines) === context.spans.length;
  const gaps = isWhole ? [] : gapsOf(removal, context);
  const marker: BlockMarker = {
    ref: context.ref,
    outcome: context.outcome,
    lines: isWhole ? context.originalLines : sizeOf(removal.lines),
    tokens: context.originalTokens - (isWhole ? 0 : linePrices.after(keptParts(text, gaps, context))),
  };
  const head = printBlockMarker(marker);
  if (isWhole) return { pieces: [{ insert: head }], marker, tokens: linePrices.after([{ text: head }]) };
  return {
    pieces: [{ insert: `${head}\n` }, ...bodyPieces(gaps, context)],
    marker,
    tokens: linePrices.after([{ text: head }, ...bodyParts(text, gaps, context)]),
  };
}

/** A removed stretch: whole lines, or characters inside one line. */
interface Gap {
  readonly lines: Range;
  readonly characters: Range;
  readonly isInside: boolean;
  readonly marker: string;
}

function gapsOf({ lines, characters }: Removal, { spans, linesBefore }: CutContext): Gap[] {
  const gaps = lines.map(
    ([first, end]): Gap => ({
      lines: [first, end],
      characters: [spans[first]![0], spans[end - 1]![1]],
      isInside: false,
      marker: printLineGap([linesBefore + first, linesBefore + end]),
    }),
  );
  for (const [start, end] of characters) {
    const line = lineAt(spans, start);
    const offset = spans[line]![0];
    gaps.push({
      lines: [line, line + 1],
      characters: [start, end],
      isInside: true,
      marker: printCharacterGap(linesBefore + line, [start - offset, end - offset]),
    });
  }
  return gaps.sort((a, b) => a.characters[0] - b.characters[0]);
}

/** Kept stretches and gaps, in order. The line feed after a gap is the one that ended its last line. */
function bodyPieces(gaps: readonly Gap[], { spans }: CutContext): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { characters, marker } of gaps) {
    if (characters[0] > at) pieces.push({ keep: [at, characters[0]] });
    pieces.push({ insert: marker });
    at = characters[1];
  }
  const end = spans.at(-1)![1];
  if (end > at) pieces.push({ keep: [at, end] });
  return pieces;
}

/** The same as the counter takes it: line by line. */
function bodyParts(text: string, gaps: readonly Gap[], context: CutContext, withMarkers = true): TextPart[] {
  const { spans } = context;
  const parts: TextPart[] = [];
  let at = 0;
  for (const { lines, characters, isInside, marker } of gaps) {
    if (lines[0] > at) parts.push({ start: at, end: lines[0] });
    if (isInside) {
      const [start, end] = spans[lines[0]]!;
      const middle = withMarkers ? marker : "";
      parts.push({ text: text.slice(start, characters[0]) + middle + text.slice(characters[1], end) });
    } else if (withMarkers) parts.push({ text: marker });
    at = lines[1];
  }
  if (spans.length > at) parts.push({ start: at, end: spans.length });
  return parts;
}

function keptParts(text: string, gaps: readonly Gap[], context: CutContext): TextPart[] {
  return bodyParts(text, gaps, context, false);
}

/** The text that the pieces make. */
export function pieceTexts(pieces: readonly Piece[], text: string): string {
  return pieces
    .map((piece) => ("keep" in piece ? text.slice(piece.keep[0], piece.keep[1]) : piece.insert))
    .join("");
}
