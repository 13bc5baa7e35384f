// In: bytes of a text and where a piece starts. Out: where it ends in o200k_base, whose pattern is, in this order, with
// U = [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}] and L = [\p{Ll}\p{Lm}\p{Lo}\p{M}]:
//   [^\r\n\p{L}\p{N}]?U*L+('s|'t|'re|'ve|'m|'ll|'d)?   [^\r\n\p{L}\p{N}]?U+L*('s|…)?
//   \p{N}{1,3}   ?[^\s\p{L}\p{N}]+[\r\n/]*  \s*[\r\n]+  \s+(?!\S)  \s+

import { asciiClass, CASELESS, classAt, LOWER, MARK, NEWLINE, NUMBER, UPPER, widthOf } from "./characters.ts";
import { betweenWords, contraction, numbers } from "./pieces.ts";

/** `U*L+`, else `U+L*`, without backtracking: caseless letters and marks are in both sets, so the last of them is the L. */
function letters(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  let afterCaseless = start;
  let characterClass = 0;
  while (at < end) {
    const byte = bytes[at]!;
    characterClass = byte < 0x80 ? asciiClass[byte]! : classAt(bytes, at);
    if (characterClass !== UPPER && characterClass !== CASELESS && characterClass !== MARK) break;
    at += widthOf(byte);
    if (characterClass !== UPPER) afterCaseless = at;
  }
  if (at < end && characterClass === LOWER) {
    while (at < end) {
      const byte = bytes[at]!;
      characterClass = byte < 0x80 ? asciiClass[byte]! : classAt(bytes, at);
      if (characterClass !== LOWER && characterClass !== CASELESS && characterClass !== MARK) break;
      at += widthOf(byte);
    }
    return at;
  }
  return afterCaseless > start ? afterCaseless : at;
}

function isAllUpper(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += widthOf(bytes[at]!)) {
    if (classAt(bytes, at) !== UPPER) return false;
  }
  return true;
}

/** The two word alternatives; `start` again when there is no word. */
function word(bytes: Uint8Array, start: number, end: number, first: number): number {
  if (first === UPPER || first === LOWER || first === CASELESS) return letters(bytes, start, end);
  const afterPrefix = start + widthOf(bytes[start]!);
  const afterWord = letters(bytes, afterPrefix, end);
  if (first !== MARK) return afterWord > afterPrefix ? afterWord : start;
  // A mark can be the prefix of a word or a letter of it. As the prefix it needs an L behind it: before upper case alone
  // the first alternative does without the prefix, takes the mark itself as its L and stops.
  if (afterWord > afterPrefix && !isAllUpper(bytes, afterPrefix, afterWord)) return afterWord;
  return afterPrefix;
}

export function nextPieceO200k(bytes: Uint8Array, start: number, end: number): number {
  const first = classAt(bytes, start);
  if (first === NUMBER) return numbers(bytes, start, end);
  if (first !== NEWLINE) {
    const afterWord = word(bytes, start, end, first);
    if (afterWord > start) return contraction(bytes, afterWord, end);
  }
  return betweenWords(bytes, start, end, true);
}
