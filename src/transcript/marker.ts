// In: what was removed. Out: the short text that stands in its place, and back. The only file that knows how markers look:
// formats recognise them here, the engine prints them here. ASCII without quotes and backslashes, so that no depth of JSON
// ever escapes them; recognised by full match only, so that text which merely mentions a marker is text.
import type { Outcome, Range } from "./types.ts";

/** The first 8 hex digits of the SHA-256 of an artifact. Never more: output must not depend on what the store holds. */
export const REF_LENGTH = 8;

/** Stands where a copy was removed that the model never sees. */
export const SIDECAR_MARKER = "[compact: copy removed]";

/** The first line of every cut block. With a ref it is also the command that gets the text back. */
export interface BlockMarker {
  /** Undefined when nothing was stored (`--no-artifacts`). */
  readonly ref: string | undefined;
  readonly outcome: Outcome;
  /** Whole lines removed from this block. */
  readonly lines: number;
  /** Tokens of the original text less the tokens of what is kept of it. */
  readonly tokens: number;
}

const BLOCK_MARKER =
  /^\[compact(?: get ([0-9a-f]{8}))?: (ok|failed|ran|exit -?\d{1,10})(?:, (\d{1,9}) lines?)?, (\d{1,9}) tokens?\]$/;
const LINE_GAP = /^\[\.\.\.(\d{1,9})(?:-(\d{1,9}))?\]$/;
export const CHARACTER_GAP = /\[\.\.\.(\d{1,9}):(\d{1,9})-(\d{1,9})\]/;
const ANY_GAP = /\[\.\.\.\d/;

export function printBlockMarker({ ref, outcome, lines, tokens }: BlockMarker): string {
  const command = ref === undefined ? "compact" : `compact get ${ref}`;
  const removed = lines === 0 ? "" : `, ${count(lines, "line")}`;
  return `[${command}: ${outcome}${removed}, ${count(tokens, "token")}]`;
}

export function parseBlockMarker(line: string): BlockMarker | undefined {
  const match = BLOCK_MARKER.exec(line);
  if (match === null) return undefined;
  const [, ref, outcome, lines = "0", tokens = "0"] = match;
  return { ref, outcome: outcome as Outcome, lines: Number(lines), tokens: Number(tokens) };
}

/** @param range half-open, counted from 0; printed as people count, so that `compact get ref:12-52` takes it as it stands */
export function printLineGap([start, end]: Range): string {
  return end - start === 1 ? `[...${end}]` : `[...${start + 1}-${end}]`;
}

/** Stands inside a line of which the middle was removed; `line` counts from 0, `range` characters of that line from 0. */
export function printCharacterGap(line: number, [start, end]: Range): string {
  return `[...${line + 1}:${start + 1}-${end}]`;
}

/** Whether a text has something that reads like a gap of ours, so that cutting lines of it would be ambiguous. */
export function hasGapLookalike(text: string): boolean {
  return ANY_GAP.test(text);
}

/** A block that was cut, taken apart again. */
export interface CutText {
  readonly marker: BlockMarker;
  /** What is left of the original, without markers. */
  readonly kept: string;
  /** Number of lines that the original block had. */
  readonly originalLines: number;
  /** What stands in the block now, line by line: a removed range, or a line that was kept (with its inner gap, if any). */
  readonly parts: readonly CutPart[];
}

export type CutPart =
  | { readonly type: "gap"; readonly lines: number }
  | { readonly type: "line"; readonly text: string; readonly hasGap: boolean };

/** Takes a cut block apart; undefined for a text that carries no block marker of ours. */
export function parseCutText(text: string): CutText | undefined {
  if (!text.startsWith("[compact")) return undefined;
  const [first = "", ...rest] = text.split("\n");
  const marker = parseBlockMarker(first);
  if (marker === undefined) return undefined;
  const parts = rest.map(parsePart);
  const kept = parts.flatMap((part) => (part.type === "line" ? [part.text.replace(CHARACTER_GAP, "")] : []));
  return { marker, kept: kept.join("\n"), originalLines: kept.length + marker.lines, parts };
}

/** Whether nothing of the original is left in a block. */
export function isWholeMarker(text: string): boolean {
  return parseBlockMarker(text) !== undefined;
}

/**
 * Which lines of the original a cut block no longer has, or has only in part.
 *
 * @param originalLines how many there were
 */
export function touchedLines(text: string, originalLines: number): number[] {
  const parts = parseCutText(text)?.parts ?? [];
  if (parts.length === 0) return Array.from({ length: originalLines }, (_, line) => line);
  const touched: number[] = [];
  let line = 0;
  for (const part of parts) {
    if (part.type === "gap") for (let i = 0; i < part.lines; i++) touched.push(line++);
    else {
      if (part.hasGap) touched.push(line);
      line++;
    }
  }
  return touched;
}

function parsePart(line: string): CutPart {
  const gap = LINE_GAP.exec(line);
  if (gap !== null) return { type: "gap", lines: Number(gap[2] ?? gap[1]) - Number(gap[1]) + 1 };
  return { type: "line", text: line, hasGap: CHARACTER_GAP.test(line) };
}

/**
 * How other harnesses mark what they removed or moved out themselves. Such text is left alone: it is short, and it
 * points to where the rest is. Matched at the start of an observation.
 */
const FOREIGN_MARKERS: readonly RegExp[] = [
  /^<persisted-output>/, // Claude Code, large outputs in a file
  /^\[Old tool result content cleared\]/, // Claude Code, opencode
  /^<tool_output_masked>/, // Gemini CLI
  /^Old environment output: \(\d+ lines? omitted\)/, // SWE-agent
  /^\[cleared\]$/, // LangChain
];

export function hasForeignMarker(text: string): boolean {
  return FOREIGN_MARKERS.some((marker) => marker.test(text));
}

function count(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}
