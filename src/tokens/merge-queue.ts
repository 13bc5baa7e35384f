// In: positions in a long piece and the ranks to merge there. Out: those of the lowest rank, leftmost first.
// Positions of one rank come and go together, so only the ranks are kept in a heap: a piece has few different ones, and
// a heap of a million positions would miss the processor's cache at every step.

import { NO_TOKEN } from "./table.ts";

const NONE = -1;

export class MergeQueue {
  /** The lowest rank with positions, or {@link NO_TOKEN} when there is none. */
  lowestRank = NO_TOKEN;
  readonly #ranks: number[] = []; // a binary heap of the keys of #first
  // The positions of a rank are a linked list, and nodes are used again: a list of numbers each took 60 MB a megabyte.
  // A node is two numbers side by side, the position and the next node.
  readonly #first = new Map<number, number>();
  #nodes: Int32Array;
  #unused = 0;
  #free = NONE;
  #taken: Int32Array = new Int32Array(16);

  /** @param capacity how many positions there are at first; it grows */
  constructor(capacity: number) {
    this.#nodes = new Int32Array(2 * capacity);
  }

  /** Adds a position; one of {@link NO_TOKEN} is none to merge and left out. */
  add(rank: number, position: number): void {
    if (rank === NO_TOKEN) return;
    const node = this.#newNode();
    const first = this.#first.get(rank);
    this.#nodes[node] = position;
    this.#nodes[node + 1] = first ?? NONE;
    this.#first.set(rank, node);
    if (first !== undefined) return;
    this.#push(rank);
    this.lowestRank = this.#ranks[0]!;
  }

  /**
   * Removes and returns the positions of the lowest rank in ascending order; a position can be there twice. The array is
   * used again by the next call.
   */
  take(): Int32Array {
    let node = this.#first.get(this.lowestRank) ?? NONE;
    this.#first.delete(this.lowestRank);
    this.#pop();
    this.lowestRank = this.#ranks[0] ?? NO_TOKEN;

    const nodes = this.#nodes;
    let count = 0;
    while (node !== NONE) {
      if (count === this.#taken.length) this.#taken = grown(this.#taken);
      this.#taken[count++] = nodes[node]!;
      const next = nodes[node + 1]!;
      nodes[node + 1] = this.#free;
      this.#free = node;
      node = next;
    }
    return this.#taken.subarray(0, count).sort();
  }

  #newNode(): number {
    const node = this.#free;
    if (node !== NONE) {
      this.#free = this.#nodes[node + 1]!;
      return node;
    }
    if (this.#unused === this.#nodes.length) this.#nodes = grown(this.#nodes);
    this.#unused += 2;
    return this.#unused - 2;
  }

  #push(rank: number): void {
    const ranks = this.#ranks;
    let at = ranks.length;
    ranks.push(rank);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (ranks[parent]! <= rank) break;
      ranks[at] = ranks[parent]!;
      at = parent;
    }
    ranks[at] = rank;
  }

  #pop(): void {
    const ranks = this.#ranks;
    const moved = ranks.pop();
    const size = ranks.length;
    if (moved === undefined || size === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && ranks[child + 1]! < ranks[child]!) child++;
      if (ranks[child]! >= moved) break;
      ranks[at] = ranks[child]!;
      at = child;
    }
    ranks[at] = moved;
  }
}

function grown(numbers: Int32Array): Int32Array {
  const copy = new Int32Array(2 * numbers.length);
  copy.set(numbers);
  return copy;
}
