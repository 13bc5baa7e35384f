// In: the bytes of one piece that is no token itself. Out: how many tokens byte-pair encoding makes of it.
// Merges the neighbours that form the token of lowest rank, leftmost first, until no neighbours form one.

import { MergeQueue } from "./merge-queue.ts";
import { hashBytes, NO_TOKEN, type TokenTable } from "./table.ts";

/** Up to this many bytes searching all neighbours for the best is faster than keeping a heap. */
const MAX_SHORT_BYTES = 128;

const NOT_LOOKED_UP = -1;

/** Counts the tokens of pieces. Keeps scratch space, so one at a time. */
export class Merger {
  readonly #table: TokenTable;
  // Most lookups while merging are for two bytes. These ranks are kept, filled as they are asked for.
  readonly #pairRanks = new Int32Array(65536).fill(NOT_LOOKED_UP);
  readonly #starts = new Int32Array(MAX_SHORT_BYTES + 1);
  readonly #ranks = new Int32Array(MAX_SHORT_BYTES + 1);

  constructor(table: TokenTable) {
    this.#table = table;
  }

  /** The number of tokens of the piece `bytes[start, end)`. */
  count(bytes: Uint8Array, start: number, end: number): number {
    return end - start <= MAX_SHORT_BYTES
      ? this.#countShort(bytes, start, end)
      : this.#countLong(bytes, start, end);
  }

  /** The rank of the two bytes at `at`. */
  pairRank(bytes: Uint8Array, at: number): number {
    const pair = (bytes[at]! << 8) | bytes[at + 1]!;
    let rank = this.#pairRanks[pair]!;
    if (rank === NOT_LOOKED_UP) {
      rank = this.#table.rank(bytes, at, 2, hashBytes(bytes, at, at + 2));
      this.#pairRanks[pair] = rank;
    }
    return rank;
  }

  #rank(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    if (length === 2) return this.pairRank(bytes, start);
    if (length > this.#table.longestToken) return NO_TOKEN;
    return this.#table.rank(bytes, start, length, hashBytes(bytes, start, end));
  }

  #countShort(bytes: Uint8Array, start: number, end: number): number {
    // ranks[i] is the rank of parts i and i + 1 together; the last part has no partner.
    const starts = this.#starts;
    const ranks = this.#ranks;
    let parts = end - start;
    for (let i = 0; i < parts; i++) {
      starts[i] = start + i;
      ranks[i] = i < parts - 1 ? this.pairRank(bytes, start + i) : NO_TOKEN;
    }
    starts[parts] = end;
    for (;;) {
      let best = 0;
      let bestRank = NO_TOKEN;
      for (let i = 0; i < parts; i++) {
        if (ranks[i]! < bestRank) {
          bestRank = ranks[i]!;
          best = i;
        }
      }
      if (bestRank === NO_TOKEN) return parts;
      for (let i = best + 1; i < parts; i++) {
        starts[i] = starts[i + 1]!;
        ranks[i] = ranks[i + 1]!;
      }
      parts--;
      ranks[best] = best < parts - 1 ? this.#rank(bytes, starts[best]!, starts[best + 2]!) : NO_TOKEN;
      if (best > 0) ranks[best - 1] = this.#rank(bytes, starts[best - 1]!, starts[best + 1]!);
    }
  }

  // A megabyte of one letter is one piece. With linked parts and a queue it takes n log n steps instead of n squared.
  #countLong(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    const next = new Int32Array(length);
    const previous = new Int32Array(length);
    const ranks = new Int32Array(length); // of the part at this position together with the next one
    const queue = new MergeQueue(length);
    for (let i = 0; i < length; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
      ranks[i] = i < length - 1 ? this.pairRank(bytes, start + i) : NO_TOKEN;
      queue.add(ranks[i]!, i);
    }
    let parts = length;
    while (queue.lowestRank !== NO_TOKEN) {
      const rank = queue.lowestRank;
      const positions = queue.take();
      for (let i = 0; i < positions.length; i++) {
        const at = positions[i]!;
        // Positions stay in the queue when a neighbour changes; those whose rank is no longer true are skipped here.
        if (ranks[at] !== rank) continue;
        const merged = next[at]!;
        const after = next[merged]!;
        next[at] = after;
        if (after < length) previous[after] = at;
        ranks[merged] = NO_TOKEN;
        parts--;

        ranks[at] = after < length ? this.#rank(bytes, start + at, start + next[after]!) : NO_TOKEN;
        queue.add(ranks[at]!, at);
        const before = previous[at]!;
        if (before >= 0) {
          ranks[before] = this.#rank(bytes, start + before, start + after);
          queue.add(ranks[before]!, before);
        }
        if (queue.lowestRank < rank) {
          for (const left of positions.subarray(i + 1)) queue.add(rank, left);
          break;
        }
      }
    }
    return parts;
  }
}
