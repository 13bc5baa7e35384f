// In: bytes of a text and where a piece starts. Out: where it ends in cl100k_base, whose pattern is, in this order:
//   '(s|t|re|ve|m|ll|d)  [^\r\n\p{L}\p{N}]?\p{L}+  \p{N}{1,3}   ?[^\s\p{L}\p{N}]+[\r\n]*  \s*[\r\n]+  \s+(?!\S)  \s+

import { asciiClass, CASELESS, classAt, LOWER, NEWLINE, NUMBER, UPPER, widthOf } from "./characters.ts";
import { betweenWords, contraction, numbers } from "./pieces.ts";

/** `\p{L}+` */
function letters(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const byte = bytes[at]!;
    const characterClass = byte < 0x80 ? asciiClass[byte]! : classAt(bytes, at);
    if (characterClass !== UPPER && characterClass !== LOWER && characterClass !== CASELESS) break;
    at += widthOf(byte);
  }
  return at;
}

export function nextPieceCl100k(bytes: Uint8Array, start: number, end: number): number {
  const afterContraction = contraction(bytes, start, end);
  if (afterContraction > start) return afterContraction;

  const first = classAt(bytes, start);
  if (first === UPPER || first === LOWER || first === CASELESS) return letters(bytes, start, end);
  if (first === NUMBER) return numbers(bytes, start, end);
  if (first !== NEWLINE) {
    const afterPrefix = start + widthOf(bytes[start]!);
    const afterWord = letters(bytes, afterPrefix, end);
    if (afterWord > afterPrefix) return afterWord;
  }
  return betweenWords(bytes, start, end, false);
}
