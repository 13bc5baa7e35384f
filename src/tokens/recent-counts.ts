// In: long texts and their counts. Out: the count of one that comes back. An observation is counted by the stages, the
// plan, the checks and the report; reading it once is enough.

/** Shorter texts are counted about as fast as they are looked up. */
const MIN_UNITS = 512;

/** 16 MiB, at two bytes a UTF-16 unit (the engine needs one for texts without characters above U+00FF). */
const MAX_UNITS = (16 << 20) / 2;

/** The counts of the long texts used last, within a fixed total of characters. */
export class RecentCounts {
  readonly #counts = new Map<string, number>();
  #units = 0;

  find(text: string): number | undefined {
    if (text.length < MIN_UNITS) return undefined;
    const count = this.#counts.get(text);
    if (count === undefined) return undefined;
    // A Map keeps the order of insertion: what is put in again is dropped last.
    this.#counts.delete(text);
    this.#counts.set(text, count);
    return count;
  }

  keep(text: string, count: number): void {
    if (text.length < MIN_UNITS || text.length > MAX_UNITS) return;
    this.#counts.set(text, count);
    this.#units += text.length;
    for (const oldest of this.#counts.keys()) {
      if (this.#units <= MAX_UNITS) break;
      this.#counts.delete(oldest);
      this.#units -= oldest.length;
    }
  }
}
