// In: 32-bit hashes of words. Out: small numbers, the same for the same hash, counted from 0, and a list of those of the text that was
// read last. A rare collision makes two words one, which makes a line's worth a little less exact and costs nothing else; keeping words
// as strings would cost most of the time.

export class HashIds {
  /** How many different ones there are. */
  count = 0;
  /** The words of the text that was read last: the first `foundCount` of `found`. */
  found = new Int32Array(1 << 10);
  foundCount = 0;
  private hashes = new Int32Array(1 << 14);
  private ids = new Int32Array(1 << 14).fill(-1);

  /** Appends a word to the list. */
  protected push(hash: number): void {
    if (this.foundCount === this.found.length) {
      const larger = new Int32Array(2 * this.found.length);
      larger.set(this.found);
      this.found = larger;
    }
    this.found[this.foundCount++] = this.idOf(hash);
  }

  private idOf(hash: number): number {
    const mask = this.hashes.length - 1;
    let slot = hash & mask;
    while (this.ids[slot] !== -1) {
      if (this.hashes[slot] === hash) return this.ids[slot]!;
      slot = (slot + 1) & mask;
    }
    this.hashes[slot] = hash;
    this.ids[slot] = this.count;
    const id = this.count++;
    if (2 * this.count > this.hashes.length) this.grow();
    return id;
  }

  private grow(): void {
    const { hashes, ids } = this;
    this.hashes = new Int32Array(2 * hashes.length);
    this.ids = new Int32Array(2 * hashes.length).fill(-1);
    const mask = this.hashes.length - 1;
    for (let i = 0; i < hashes.length; i++) {
      if (ids[i] === -1) continue;
      let slot = hashes[i]! & mask;
      while (this.ids[slot] !== -1) slot = (slot + 1) & mask;
      this.hashes[slot] = hashes[i]!;
      this.ids[slot] = ids[i]!;
    }
  }
}
