// In: text. Out: its words as small numbers, the same number for the same word. Words are known by a 32-bit hash: a rare
// collision makes one worth a little less exact, and costs nothing else; keeping them as strings would cost most of the time.

const NOT_IN_WORD = 0;
const DIGIT = 1;
const LETTER = 2;

/** Letters, digits and the underscore of ASCII; all above it counts as a letter, so that any language has words. */
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[A-Za-z_]/.test(character) ? LETTER : /\d/.test(character) ? DIGIT : NOT_IN_WORD;
});

/** Shorter ones are articles, operators and loop variables. */
const MIN_WORD = 3;

export class Words {
  /** How many different words there are. */
  count = 0;
  private hashes = new Int32Array(1 << 14);
  private ids = new Int32Array(1 << 14).fill(-1);
  /** The words of the text that was read last: the first `foundCount` of `found`. */
  found = new Int32Array(1 << 10);
  foundCount = 0;

  /** Finds the words in `text.slice(start, end)`, in order, repeated where they are. */
  read(text: string, start: number, end: number): void {
    this.foundCount = 0;
    let at = start;
    while (at < end) {
      const code = text.charCodeAt(at);
      if (code < 128 && CLASSES[code] !== LETTER) {
        // A word does not begin inside a number: `12ab` is none.
        if (CLASSES[code] === DIGIT) at = endOfWord(text, at, end);
        else at++;
        continue;
      }
      const from = at;
      let hash = 0x811c9dc5;
      for (; at < end; at++) {
        const next = text.charCodeAt(at);
        if (next < 128 && CLASSES[next] === NOT_IN_WORD) break;
        hash = Math.imul(hash ^ next, 0x01000193);
      }
      if (at - from >= MIN_WORD) this.push(this.idOf(hash ^ (hash >>> 15)));
    }
  }

  private push(id: number): void {
    if (this.foundCount === this.found.length) {
      const larger = new Int32Array(2 * this.found.length);
      larger.set(this.found);
      this.found = larger;
    }
    this.found[this.foundCount++] = id;
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

function endOfWord(text: string, start: number, end: number): number {
  let at = start;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && CLASSES[code] === NOT_IN_WORD) break;
  }
  return at;
}
