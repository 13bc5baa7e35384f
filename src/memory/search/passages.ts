// In: a text and a query. Out: the passages in which it matches, as line ranges: few lines, the best first. A whole file is no answer.
import { hasPhrase, type Query } from "./query.ts";
import { forEachTerm } from "./terms.ts";

export interface Passage {
  /** From 1, both ends included: what `compact get REF:12-20` takes. */
  readonly first: number;
  readonly last: number;
  /** The lines as they stand in the text. */
  readonly text: string;
  /** How well it matches: the weights of the terms in it. */
  readonly weight: number;
}

const LINES_AROUND = 1;
const MAX_LINES = 8;
/** A line beyond this is cut for the ranking, never for `get`. In characters. */
const MAX_LINE = 2000;
/** A text beyond this is looked at only so far. In lines. */
const LOOK_AT = 200_000;

export function passagesOf(
  text: string,
  query: Query,
  weights: ReadonlyMap<string, number>,
  wanted: number,
): Passage[] {
  const lines = text.split("\n", LOOK_AT);
  const needles = query.terms.map((term) => ({ term, weight: weights.get(term) ?? 1 }));
  const matches: { line: number; weight: number }[] = [];
  lines.forEach((line, i) => {
    const weight = weightOf(line.slice(0, MAX_LINE), query, needles);
    if (weight > 0) matches.push({ line: i, weight });
  });
  return windows(matches)
    .sort((a, b) => b.weight - a.weight || a.first - b.first)
    .slice(0, wanted)
    .map(({ first, last, weight }) => {
      const from = Math.max(0, first - LINES_AROUND);
      const to = Math.min(lines.length - 1, last + LINES_AROUND);
      return { first: from + 1, last: to + 1, text: lines.slice(from, to + 1).join("\n"), weight };
    });
}

function weightOf(line: string, query: Query, needles: readonly { term: string; weight: number }[]): number {
  const phrase = hasPhrase(line, query) ? 100 : 0; // what must be there beats every word
  const small = line.toLowerCase();
  if (phrase === 0 && !needles.some(({ term }) => small.includes(term))) return 0;
  const found = new Set<string>();
  forEachTerm(line, (term) => found.add(term));
  return needles.reduce((sum, { term, weight }) => sum + (found.has(term) ? weight : 0), phrase);
}

/** Neighbouring matches in one window, up to a size. */
function windows(
  matches: readonly { line: number; weight: number }[],
): { first: number; last: number; weight: number }[] {
  const found: { first: number; last: number; weight: number }[] = [];
  for (const { line, weight } of matches) {
    const open = found.at(-1);
    const isNear = open !== undefined && line - open.last <= 2 && line - open.first < MAX_LINES;
    if (open === undefined || !isNear) found.push({ first: line, last: line, weight });
    else {
      open.last = line;
      open.weight = Math.max(open.weight, weight) + 0.1 * weight;
    }
  }
  return found;
}
