// In: a byte position in valid UTF-8. Out: which of the eight classes its character is in, as the encodings see it.
// The classes are the coarsest that decide every alternative of both encodings' patterns. Never decodes a whole text.

/** Not a class: the byte starts a longer character, which {@link classAt} looks at. */
export const NOT_ASCII = 0;
/** Upper and title case letters. */
export const UPPER = 1;
/** Lower case letters. */
export const LOWER = 2;
/** Letters without case (Han, Arabic, modifiers). */
export const CASELESS = 3;
export const NUMBER = 4;
/** White space other than CR and LF. */
export const BLANK = 5;
/** CR and LF. */
export const NEWLINE = 6;
/** Punctuation, symbols, controls, unassigned. */
export const OTHER = 7;
/** Combining marks: o200k_base counts them as letters of either case, cl100k_base as punctuation. */
export const MARK = 8;

const patterns: readonly [characterClass: number, pattern: RegExp][] = [
  [LOWER, /\p{Ll}/u],
  [CASELESS, /[\p{Lm}\p{Lo}]/u],
  [UPPER, /[\p{Lu}\p{Lt}]/u],
  [MARK, /\p{M}/u],
  [NUMBER, /\p{N}/u],
  [NEWLINE, /[\r\n]/],
  [BLANK, /\s/u],
];

function classOf(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  return patterns.find(([, pattern]) => pattern.test(character))?.[0] ?? OTHER;
}

/** The class of each byte below 128; {@link NOT_ASCII} for the others. */
export const asciiClass = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 128 ? classOf(byte) : NOT_ASCII,
);

// Classes come from the engine's own Unicode tables, as in a regular expression; asked once for each code point met, since a
// text has few of them. 0 is no class: not asked yet.
const pages: (Uint8Array | undefined)[] = new Array(0x1100).fill(undefined);

function classOfCodePoint(codePoint: number): number {
  const number = codePoint >> 8;
  let page = pages[number];
  if (page === undefined) {
    page = new Uint8Array(256);
    pages[number] = page;
  }
  const low = codePoint & 255;
  if (page[low] === 0) page[low] = classOf(codePoint);
  return page[low]!;
}

/** How many bytes the character has whose first byte this is. */
export function widthOf(firstByte: number): number {
  return firstByte < 0x80 ? 1 : firstByte < 0xe0 ? 2 : firstByte < 0xf0 ? 3 : 4;
}

/** The class of the character that starts at `at`. */
export function classAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return asciiClass[first]!;
  const second = bytes[at + 1]! & 63;
  if (first < 0xe0) return classOfCodePoint(((first & 31) << 6) | second);
  const third = bytes[at + 2]! & 63;
  if (first < 0xf0) return classOfCodePoint(((first & 15) << 12) | (second << 6) | third);
  return classOfCodePoint(((first & 7) << 18) | (second << 12) | (third << 6) | (bytes[at + 3]! & 63));
}
