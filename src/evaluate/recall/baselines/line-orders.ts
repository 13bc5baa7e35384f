// In: the lines of a cut. Out: for each simple method the order in which it keeps them. Each is the usual one of its name; none was
// made weaker.
import { isErrorLine } from "../../../transcript/error-lines.ts";
import { shuffled } from "../random.ts";
import { typedTokens } from "../typed-tokens.ts";
import type { Material, Rows } from "./material.ts";

/** Newest first. */
export function newestFirst({ rows }: Material): number[] {
  return Array.from({ length: rows.count }, (_, i) => rows.count - 1 - i);
}

/** The same number of tokens at each end of every observation. */
export function endsFirst({ rows }: Material): number[] {
  const { before, after } = distances(rows);
  return byKey(rows.count, (row) => Math.min(before[row]!, after[row]!));
}

/** The same number of tokens at the end of every observation. */
export function tailsFirst({ rows }: Material): number[] {
  const { after } = distances(rows);
  return byKey(rows.count, (row) => after[row]!);
}

/** Lines before and behind a match, as `grep -B 3 -A 8`. */
const BEFORE_A_MATCH = 3;
const AFTER_A_MATCH = 8;

/** Lines that report errors with their context, then the rest; newest first in both. */
export function errorsFirst({ rows }: Material): number[] {
  const isNear = new Uint8Array(rows.count);
  rows.text.forEach((text, row) => {
    if (!isErrorLine(text)) return;
    const of = rows.shown[row]!;
    const from = Math.max(rows.starts[of]!, row - BEFORE_A_MATCH);
    isNear.fill(1, from, Math.min(rows.starts[of + 1]!, row + AFTER_A_MATCH + 1));
  });
  return byKey(rows.count, (row) => (isNear[row] === 1 ? 0 : rows.count) + rows.count - row);
}

const K1 = 1.2;
const B = 0.75;

/** The lines that a search for the words of the task would find, best first; the newer of two equal ones. */
export function taskFirst({ rows, task }: Material): number[] {
  const query = [...new Set(words(task))];
  const lengths = new Float64Array(rows.count);
  const frequency = new Map<string, number>();
  const counts = rows.text.map((text, row) => {
    const count = new Map<string, number>();
    for (const word of words(text)) {
      count.set(word, (count.get(word) ?? 0) + 1);
      lengths[row]!++;
    }
    for (const word of count.keys()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
    return count;
  });
  const mean = lengths.reduce((sum, length) => sum + length, 0) / rows.count || 1;
  const scores = counts.map((count, row) =>
    query.reduce((sum, word) => {
      const times = count.get(word) ?? 0;
      const df = frequency.get(word) ?? 0;
      const idf = Math.log(1 + (rows.count - df + 0.5) / (df + 0.5));
      return sum + (idf * times * (K1 + 1)) / (times + K1 * (1 - B + (B * lengths[row]!) / mean));
    }, 0),
  );
  return byKey(rows.count, (row) => -scores[row]! - row / (rows.count * 1e6));
}

/** Seven tenths of what is kept are the newest lines; the rest are older ones with the rarest tokens. */
export function rareFirst({ rows, gapTokens }: Material): number[] {
  const frequency = new Map<string, number>();
  const tokens = rows.text.map((text) => [...typedTokens(text)]);
  for (const token of tokens.flat()) frequency.set(token, (frequency.get(token) ?? 0) + 1);
  const values = tokens.map(
    (list, row) =>
      list.reduce((sum, token) => sum + 1 / frequency.get(token)!, 0) / (rows.price[row]! + gapTokens),
  );
  const seen = new Set<string>();
  return byKey(rows.count, (row) => -values[row]!).filter((row) => {
    const isFirst = !seen.has(rows.text[row]!);
    seen.add(rows.text[row]!);
    return isFirst;
  });
}

export function inRandomOrder({ rows }: Material, seed: number): number[] {
  return shuffled(rows.count, seed);
}

/** Tokens of the same observation on either side of a line. */
function distances({ count, price, shown }: Rows): { before: Float64Array; after: Float64Array } {
  const before = new Float64Array(count);
  const after = new Float64Array(count);
  for (let row = 1; row < count; row++) {
    if (shown[row] === shown[row - 1]) before[row] = before[row - 1]! + price[row - 1]!;
  }
  for (let row = count - 2; row >= 0; row--) {
    if (shown[row] === shown[row + 1]) after[row] = after[row + 1]! + price[row + 1]!;
  }
  return { before, after };
}

function byKey(count: number, key: (row: number) => number): number[] {
  const keys = Float64Array.from({ length: count }, (_, row) => key(row));
  return Array.from({ length: count }, (_, row) => row).sort((a, b) => keys[a]! - keys[b]! || a - b);
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_]{2,}/gu) ?? [];
}
