// In: the bytes of a file. Out: its lines, as views into those bytes. Never copies, decodes or normalises anything:
// joining all `bytes` and `eol` again gives the file.
import type { Line } from "../transcript/types.ts";

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Splits at LF only: U+2028, U+2029 and a lone CR are text. A last line without LF has an empty `eol`;
 * an empty file has no lines.
 */
export function frameLines(source: Buffer): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < source.length) {
    const feed = source.indexOf(LINE_FEED, start);
    if (feed === -1) {
      lines.push({ number: lines.length + 1, bytes: source.subarray(start), eol: "" });
      break;
    }
    const isCrLf = feed > start && source[feed - 1] === CARRIAGE_RETURN;
    lines.push({
      number: lines.length + 1,
      bytes: source.subarray(start, isCrLf ? feed - 1 : feed),
      eol: isCrLf ? "\r\n" : "\n",
    });
    start = feed + 1;
  }
  return lines;
}
