// In: bytes of a text and where a piece starts. Out: where it ends, or the start again where the rule does not match.
// These are the rules that both encodings share; pieces-o200k.ts and pieces-cl100k.ts try them in their order.
// A piece is one match of an encoding's pattern; tokens never cross pieces. Hand-written because a regular expression
// makes a string of every piece: 8 MB/s at best, and the memory of it.

import {
  asciiClass,
  BLANK,
  classAt,
  LOWER,
  MARK,
  NEWLINE,
  NUMBER,
  OTHER,
  UPPER,
  widthOf,
} from "./characters.ts";

/** Finds the end of the piece that starts at `start`; `end` is the end of the text. */
export type NextPiece = (bytes: Uint8Array, start: number, end: number) => number;

const SPACE = 0x20;
const APOSTROPHE = 0x27;
const SLASH = 0x2f;
const LF = 0x0a;
const CR = 0x0d;

const codes = (letters: string): number[] => Array.from(letters, (letter) => letter.charCodeAt(0));
const [S, T, M, D, R, E, V, L] = codes("stmdrevl");

/** The lower case of an ASCII letter, 0 for any other byte. */
function lowerCased(byte: number): number {
  const characterClass = asciiClass[byte];
  return characterClass === UPPER || characterClass === LOWER ? byte | 0x20 : 0;
}

/** `'(s|t|m|d|re|ve|ll)` in any case, ASCII only: neither U+017F nor the Kelvin sign counts as a letter here. */
export function contraction(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== APOSTROPHE || start + 1 >= end) return start;
  const first = lowerCased(bytes[start + 1]!);
  if (first === S || first === T || first === M || first === D) return start + 2;
  if (start + 2 >= end) return start;
  const second = lowerCased(bytes[start + 2]!);
  const isPair = second === E ? first === R || first === V : second === L && first === L;
  return isPair ? start + 3 : start;
}

/** `\p{N}{1,3}` */
export function numbers(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (let digits = 0; digits < 3 && at < end && classAt(bytes, at) === NUMBER; digits++)
    at += widthOf(bytes[at]!);
  return at;
}

/** ` ?[^\s\p{L}\p{N}]+[\r\n/]*`, the slash only where `takesSlashes`. */
export function punctuation(bytes: Uint8Array, start: number, end: number, takesSlashes: boolean): number {
  const first = bytes[start] === SPACE ? start + 1 : start;
  let at = first;
  while (at < end) {
    const byte = bytes[at]!;
    const characterClass = byte < 0x80 ? asciiClass[byte]! : classAt(bytes, at);
    if (characterClass !== OTHER && characterClass !== MARK) break;
    at += widthOf(byte);
  }
  if (at === first) return start;
  while (at < end) {
    const byte = bytes[at]!;
    if (byte !== LF && byte !== CR && !(takesSlashes && byte === SLASH)) break;
    at++;
  }
  return at;
}

/** What begins with neither a word nor a number: {@link punctuation}, else {@link whiteSpace}. */
export function betweenWords(bytes: Uint8Array, start: number, end: number, takesSlashes: boolean): number {
  const afterPunctuation = punctuation(bytes, start, end, takesSlashes);
  return afterPunctuation > start ? afterPunctuation : whiteSpace(bytes, start, end);
}

/**
 * `\s*[\r\n]+|\s+(?!\S)|\s+`: to the last line end of the run; without one, the whole run at the end of the text, else
 * all but its last character, which belongs to the word that follows.
 */
export function whiteSpace(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  let afterLineEnd = start;
  let last = start;
  while (at < end) {
    const byte = bytes[at]!;
    const characterClass = byte < 0x80 ? asciiClass[byte]! : classAt(bytes, at);
    if (characterClass !== BLANK && characterClass !== NEWLINE) break;
    last = at;
    at += widthOf(byte);
    if (characterClass === NEWLINE) afterLineEnd = at;
  }
  if (afterLineEnd > start) return afterLineEnd;
  return at >= end || last === start ? at : last;
}
