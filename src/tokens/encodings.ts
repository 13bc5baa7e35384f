// The two encodings as data: how they cut a text into pieces. Their tokens are in the tables (load-table.ts).

import { asciiClass, LOWER, NEWLINE, NOT_ASCII, NUMBER, UPPER } from "./characters.ts";
import type { NextPiece } from "./pieces.ts";
import { nextPieceCl100k } from "./pieces-cl100k.ts";
import { nextPieceO200k } from "./pieces-o200k.ts";
import type { ExactTokenizerName } from "./token-counter.ts";

/** What the scanner needs to know of an encoding. The byte tables have one entry for each of the 256 bytes. */
export interface Encoding {
  readonly name: ExactTokenizerName;
  readonly nextPiece: NextPiece;
  /** 1 where the byte may come before the letters of an ASCII word as part of its piece. */
  readonly mayPrefixWord: Uint8Array;
  /** 1 where the byte may belong to the piece of the upper and then lower case letters before it. */
  readonly mayContinueWord: Uint8Array;
  /** Whether a line end and a slash at the start of the next line can be one piece: ")\n/". */
  readonly joinsSlashes: boolean;
}

const byteTable = (test: (byte: number, characterClass: number) => boolean): Uint8Array =>
  Uint8Array.from(asciiClass, (characterClass, byte) => (test(byte, characterClass) ? 1 : 0));

const isLetter = (characterClass: number): boolean => characterClass === UPPER || characterClass === LOWER;
const isPrefix = (characterClass: number): boolean =>
  !isLetter(characterClass) &&
  characterClass !== NEWLINE &&
  characterClass !== NUMBER &&
  characterClass !== NOT_ASCII;

const APOSTROPHE = 0x27;

export const encodings: Readonly<Record<ExactTokenizerName, Encoding>> = {
  o200k_base: {
    name: "o200k_base",
    nextPiece: nextPieceO200k,
    mayPrefixWord: byteTable((_, characterClass) => isPrefix(characterClass)),
    mayContinueWord: byteTable((byte, characterClass) => characterClass === NOT_ASCII || byte === APOSTROPHE),
    joinsSlashes: true,
  },
  cl100k_base: {
    name: "cl100k_base",
    nextPiece: nextPieceCl100k,
    mayPrefixWord: byteTable((byte, characterClass) => isPrefix(characterClass) && byte !== APOSTROPHE),
    mayContinueWord: byteTable(
      (_, characterClass) => characterClass === NOT_ASCII || isLetter(characterClass),
    ),
    joinsSlashes: false,
  },
};
