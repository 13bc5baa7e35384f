// In: bytes of a text. Out: the number of its tokens, piece by piece. Never makes a string.

import { asciiClass, LOWER, NOT_ASCII, UPPER } from "./characters.ts";
import type { Encoding } from "./encodings.ts";
import { Merger } from "./merge.ts";
import { PieceCache } from "./piece-cache.ts";
import { betweenWords } from "./pieces.ts";
import { finishHash, HASH_PRIME, HASH_START, hashBytes, NO_TOKEN, type TokenTable } from "./table.ts";

const LF = 0x0a;

/**
 * Adds the tokens of `bytes[0, end)` to `tokens` and returns the sum. `bytes[end]` is scratch space.
 * @param atLineEnds gets the sum behind the piece of each line end, pushed
 */
export type Scan = (bytes: Uint8Array, end: number, tokens: number, atLineEnds?: number[]) => number;

/** The scanner of one encoding. */
export function scanner(encoding: Encoding, table: TokenTable): Scan {
  const { nextPiece, mayPrefixWord, mayContinueWord, joinsSlashes } = encoding;
  const { longestToken } = table;
  const merger = new Merger(table);
  // A place of 64 bytes is one line of the processor's cache, and nearly all pieces fit. Longer ones are rulers and padding.
  const shortPieces = new PieceCache(1 << 17, 64);
  const longPieces = new PieceCache(1 << 8, 2048);

  function countPiece(bytes: Uint8Array, start: number, length: number, hash: number): number {
    if (length === 2) return merger.pairRank(bytes, start) === NO_TOKEN ? 2 : 1;
    if (length <= longestToken && table.rank(bytes, start, length, hash) !== NO_TOKEN) return 1;
    const cache = shortPieces.fits(length) ? shortPieces : longPieces;
    const known = cache.find(bytes, start, length, hash);
    if (known > 0) return known;
    const count = merger.count(bytes, start, start + length);
    if (cache.fits(length)) cache.keep(bytes, start, length, hash, count);
    return count;
  }

  return (bytes, end, tokensBefore, atLineEnds) => {
    bytes[end] = LF; // ends every word, so that the loops below need not look where the text ends
    let tokens = tokensBefore;
    let at = 0;
    while (at < end) {
      // Most pieces are an ASCII word with at most one character before it: read and hashed in one go here.
      let i = at;
      let byte = bytes[i]!;
      let hash = HASH_START;
      if (mayPrefixWord[byte] === 1) {
        hash = Math.imul(hash ^ byte, HASH_PRIME);
        byte = bytes[++i]!;
      }
      const letters = i;
      while (asciiClass[byte] === UPPER) {
        hash = Math.imul(hash ^ byte, HASH_PRIME);
        byte = bytes[++i]!;
      }
      while (asciiClass[byte] === LOWER) {
        hash = Math.imul(hash ^ byte, HASH_PRIME);
        byte = bytes[++i]!;
      }
      if (i > letters && mayContinueWord[byte] === 0) {
        tokens += i - at === 1 ? 1 : countPiece(bytes, at, i - at, finishHash(hash));
        at = i;
        continue;
      }
      // A character that could have been part of a word, and an ASCII character that begins none: the rules for words need
      // not be tried again.
      const isBetweenWords = i > at && i === letters && asciiClass[byte] !== NOT_ASCII;
      const pieceEnd = isBetweenWords
        ? betweenWords(bytes, at, end, joinsSlashes)
        : nextPiece(bytes, at, end);
      const length = pieceEnd - at;
      if (length === 1) tokens++;
      else tokens += countPiece(bytes, at, length, length === 2 ? 0 : hashBytes(bytes, at, pieceEnd));
      if (atLineEnds !== undefined) {
        for (; at < pieceEnd; at++) if (bytes[at] === LF) atLineEnds.push(tokens);
      }
      at = pieceEnd;
    }
    return tokens;
  };
}
