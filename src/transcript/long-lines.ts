// In: a line. Out: where it may be cut inside: the one exception to "a line stays or goes whole" (promise 1), for minified
// code, data and base64 that stand on one line.
import type { Range } from "./types.ts";

/** Only lines longer than this may be cut inside. In UTF-16 characters. */
export const LONG_LINE = 2000;
/** So much stays at each end at least. In UTF-16 characters. */
export const LONG_LINE_END = 200;

/**
 * The middle of a line, moved inwards where it would split a surrogate pair.
 *
 * @param span the line's place in the text
 * @param end how much stays at each end
 */
export function middleOfLine(text: string, [start, stop]: Range, end: number): Range {
  const from = start + end;
  const to = stop - end;
  return [splitsPair(text, from) ? from + 1 : from, splitsPair(text, to) ? to - 1 : to];
}

/** Whether a range of the text may go from inside the line that holds it. */
export function mayCutInside(text: string, [start, stop]: Range, [from, to]: Range): boolean {
  return (
    stop - start > LONG_LINE &&
    from - start >= LONG_LINE_END &&
    stop - to >= LONG_LINE_END &&
    !splitsPair(text, from) &&
    !splitsPair(text, to)
  );
}

function splitsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}
