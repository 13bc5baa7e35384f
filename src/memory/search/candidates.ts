// In: segments and the terms of a query. Out: the artifacts that have them, the best first by BM25 over whole texts, and how rare each
// term is. Reads no text: this is what makes a search over 100 MB short.
import type { IndexedText, Segment } from "./segment.ts";

/** As in MiniSearch and Lucene. */
const K1 = 1.2;
const B = 0.75;

export interface Candidates {
  /** Names of artifacts, the best first. */
  readonly names: readonly string[];
  /** By term: the rarer, the more. */
  readonly weights: ReadonlyMap<string, number>;
}

/** @param isWanted asked by name of what matches */
export function rankArtifacts(
  segments: readonly Segment[],
  terms: readonly string[],
  isWanted: (name: string) => boolean,
): Candidates {
  const { texts, numbers } = numbered(segments);
  const average = texts.reduce((sum, text) => sum + text.terms, 0) / Math.max(1, texts.length);
  const scores = new Float64Array(texts.length);
  const weights = new Map<string, number>();
  for (const term of terms) {
    const counts = new Map<number, number>();
    segments.forEach((segment, i) => {
      segment.find(term, (text, count) => counts.set(numbers[i]![text]!, count));
    });
    const weight = Math.log(1 + (texts.length - counts.size + 0.5) / (counts.size + 0.5));
    weights.set(term, weight);
    for (const [number, count] of counts) {
      const length = texts[number]!.terms / Math.max(1, average);
      scores[number]! += (weight * count * (K1 + 1)) / (count + K1 * (1 - B + B * length));
    }
  }
  const found = [...scores.keys()].filter((number) => scores[number]! > 0 && isWanted(texts[number]!.name));
  found.sort((a, b) => scores[b]! - scores[a]! || (texts[a]!.name < texts[b]!.name ? -1 : 1));
  return { names: found.map((number) => texts[number]!.name), weights };
}

/** One number for each text, though several segments hold it. */
function numbered(segments: readonly Segment[]): { texts: IndexedText[]; numbers: number[][] } {
  const known = new Map<string, number>();
  const texts: IndexedText[] = [];
  const numbers = segments.map((segment) =>
    segment.texts.map((text) => {
      const number = known.get(text.name) ?? texts.push(text) - 1;
      known.set(text.name, number);
      return number;
    }),
  );
  return { texts, numbers };
}
