// In: pieces that are no single token. Out: their counts, if they were met lately.
// Identifiers and file names come back all the time and cost a merge each. Every hash has one place, and the newcomer
// takes it: nothing to keep in order, nothing grows. Of the memory only what is touched is used.

// A place: hash (4 bytes), length (2), count (2), then the bytes of the piece.
const PIECE_AT = 8;

/** Counts of recent pieces. A count is exact or absent: the bytes are compared, not only the hash. */
export class PieceCache {
  readonly #placeMask: number;
  readonly #placeBytes: number;
  readonly #bytes: Uint8Array;
  readonly #lengthsAndCounts: Uint16Array;
  readonly #hashes: Int32Array;

  /**
   * @param places how many pieces there is room for, a power of two
   * @param placeBytes the bytes of each place, a multiple of 4, at most 65,536; pieces of 8 bytes less fit
   */
  constructor(places: number, placeBytes: number) {
    this.#placeMask = places - 1;
    this.#placeBytes = placeBytes;
    this.#bytes = new Uint8Array(places * placeBytes);
    this.#lengthsAndCounts = new Uint16Array(this.#bytes.buffer);
    this.#hashes = new Int32Array(this.#bytes.buffer);
  }

  /** The count of the piece, or 0 when it is not here. */
  find(bytes: Uint8Array, start: number, length: number, hash: number): number {
    const place = this.#placeOf(hash);
    if (this.#hashes[place >> 2] !== hash) return 0;
    if (this.#lengthsAndCounts[(place >> 1) + 2] !== length) return 0;
    const cached = this.#bytes;
    const from = place + PIECE_AT;
    for (let i = 0; i < length; i++) {
      if (cached[from + i] !== bytes[start + i]) return 0;
    }
    return this.#lengthsAndCounts[(place >> 1) + 3]!;
  }

  /** Whether there is room for pieces of this length. */
  fits(length: number): boolean {
    return length <= this.#placeBytes - PIECE_AT;
  }

  /** Keeps the count of a piece that fits. */
  keep(bytes: Uint8Array, start: number, length: number, hash: number, count: number): void {
    const place = this.#placeOf(hash);
    this.#hashes[place >> 2] = hash;
    this.#lengthsAndCounts[(place >> 1) + 2] = length;
    this.#lengthsAndCounts[(place >> 1) + 3] = count;
    const cached = this.#bytes;
    const to = place + PIECE_AT;
    for (let i = 0; i < length; i++) cached[to + i] = bytes[start + i]!;
  }

  // Not only the bits that choose a piece's slot in the token table: those are alike in what is looked up together.
  #placeOf(hash: number): number {
    return ((hash ^ (hash >>> 9)) & this.#placeMask) * this.#placeBytes;
  }
}
