// In: pieces that are no single token. Out: their counts, if they were met lately.
// Identifiers and file names come back all the time and cost a merge each. Every hash has one place, and the newcomer
// takes it: nothing to keep in order, nothing grows. 8 MiB whatever the text, of which only what is touched takes memory.

/** A place is one line of the processor's cache: hash (4 bytes), length, count, bytes of the piece. */
const PLACE_BYTES = 64;
const LENGTH_AT = 4;
const COUNT_AT = 5;
const PIECE_AT = 6;
const PLACES = 1 << 17;

/** Longer pieces (base64) hardly ever come back. */
const MAX_PIECE_BYTES = PLACE_BYTES - PIECE_AT;

/** Counts of recent pieces. A count is exact or absent: the bytes are compared, not only the hash. */
export class PieceCache {
  readonly #bytes = new Uint8Array(PLACES * PLACE_BYTES);
  readonly #hashes = new Int32Array(this.#bytes.buffer);

  /** The count of the piece, or 0 when it is not here. */
  find(bytes: Uint8Array, start: number, length: number, hash: number): number {
    const place = placeOf(hash);
    if (this.#hashes[place >> 2] !== hash) return 0;
    const cached = this.#bytes;
    if (cached[place + LENGTH_AT] !== length) return 0;
    const from = place + PIECE_AT;
    for (let i = 0; i < length; i++) {
      if (cached[from + i] !== bytes[start + i]) return 0;
    }
    return cached[place + COUNT_AT]!;
  }

  keep(bytes: Uint8Array, start: number, length: number, hash: number, count: number): void {
    if (length > MAX_PIECE_BYTES) return;
    const cached = this.#bytes;
    const place = placeOf(hash);
    this.#hashes[place >> 2] = hash;
    cached[place + LENGTH_AT] = length;
    cached[place + COUNT_AT] = count;
    const to = place + PIECE_AT;
    for (let i = 0; i < length; i++) cached[to + i] = bytes[start + i]!;
  }
}

/** Where the place of a hash starts. Other bits than those that choose its slot in the table. */
function placeOf(hash: number): number {
  return ((hash ^ (hash >>> 9)) & (PLACES - 1)) * PLACE_BYTES;
}
