// In: pieces that are no single token. Out: their counts, if they were met lately.
// Identifiers and file names come back all the time and cost a merge each. Every hash has one place, and the newcomer
// takes it: nothing to keep in order, nothing grows. 6.4 MB whatever the text, and only what is touched becomes memory.

const PLACES = 1 << 17;

/** Longer pieces (hashes, base64) hardly ever come back. */
const MAX_PIECE_BYTES = 40;

/** Counts of recent pieces. A count is exact or absent: the bytes are compared, not only the hash. */
export class PieceCache {
  readonly #hashes = new Int32Array(PLACES);
  readonly #lengths = new Uint8Array(PLACES);
  readonly #counts = new Uint8Array(PLACES);
  readonly #bytes = new Uint8Array(PLACES * MAX_PIECE_BYTES);

  /** The count of the piece, or 0 when it is not here. */
  find(bytes: Uint8Array, start: number, length: number, hash: number): number {
    const place = placeOf(hash);
    if (this.#hashes[place] !== hash || this.#lengths[place] !== length) return 0;
    const from = place * MAX_PIECE_BYTES;
    for (let i = 0; i < length; i++) {
      if (this.#bytes[from + i] !== bytes[start + i]) return 0;
    }
    return this.#counts[place]!;
  }

  keep(bytes: Uint8Array, start: number, length: number, hash: number, count: number): void {
    if (length > MAX_PIECE_BYTES) return;
    const place = placeOf(hash);
    const to = place * MAX_PIECE_BYTES;
    this.#hashes[place] = hash;
    this.#lengths[place] = length;
    this.#counts[place] = count;
    for (let i = 0; i < length; i++) this.#bytes[to + i] = bytes[start + i]!;
  }
}

function placeOf(hash: number): number {
  return (hash ^ (hash >>> 9)) & (PLACES - 1);
}
