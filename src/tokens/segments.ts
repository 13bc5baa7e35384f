// In: lines, or a long text. Out: at which line starts it can be cut so that the counts of the parts add up to the count
// of the whole. Cutting at every line is wrong in nearly half of all texts: ")\n\n", "\n\n\n" and, in o200k_base, ")\n/"
// are one token. A cut that is not allowed here only costs time; one that is wrongly allowed makes counts wrong.

const SLASH = 0x2f;
const LAST_BLANK = 0x20;
const LAST_ASCII = 0x7e;

const startsWithText = /^[^\S\r\n]*\S/;
const letterNumberOrBlank = /[\p{L}\p{N}]|[^\S\r\n]/u;

/**
 * Whether a token always ends before `line`, that is after the line end that separates it from `previous`: no rule takes
 * a line end together with text behind it, except punctuation, line ends and a slash.
 */
export function startsSegment(line: string, previous: string, joinsSlashes: boolean): boolean {
  const first = line.charCodeAt(0); // NaN when empty
  if (first > LAST_BLANK && first <= LAST_ASCII && first !== SLASH) return true;
  if (first === SLASH && joinsSlashes) return letterNumberOrBlank.test(previous.slice(-1));
  return startsWithText.test(line);
}

/** Yields `text` in parts of about `size` characters or more, cut where counts add up. */
export function* partsOf(text: string, size: number): Generator<string> {
  let start = 0;
  let searchFrom = size;
  while (searchFrom < text.length) {
    const lineEnd = text.indexOf("\n", searchFrom);
    if (lineEnd < 0) break;
    const first = text.charCodeAt(lineEnd + 1);
    if (first > LAST_BLANK && first <= LAST_ASCII && first !== SLASH) {
      yield text.slice(start, lineEnd + 1);
      start = lineEnd + 1;
      searchFrom = start + size;
    } else {
      searchFrom = lineEnd + 1;
    }
  }
  if (start < text.length) yield start === 0 ? text : text.slice(start);
}
