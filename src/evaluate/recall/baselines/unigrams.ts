// In: the lines of a cut and tokens to spend. Out: what is left when words go by how common they are, whatever line they stand in:
// what token pruners do, with the self-information of single words in the place of a language model.
import type { Kept } from "../kept.ts";
import { typedTokens } from "../typed-tokens.ts";
import type { Material } from "./material.ts";

export function unigramPruning({ rows, shown, counter }: Material, budget: number): Kept {
  const frequency = new Map<string, number>();
  const words = rows.text.map((text) => text.match(/\S+/g) ?? []);
  for (const word of words.flat()) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const prices = new Map([...frequency.keys()].map((word) => [word, counter.count(` ${word}`)]));

  const rarest = [...frequency].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1));
  const isKept = new Set<string>();
  let tokens = 0;
  for (const [word, times] of rarest) {
    const price = times * prices.get(word)!;
    if (tokens + price > budget) break;
    tokens += price;
    isKept.add(word);
  }
  const parts = new Set<string>();
  const lines = shown.map(({ lines }) => new Uint8Array(lines.length));
  words.forEach((line, row) => {
    const left = line.filter((word) => isKept.has(word));
    if (left.length === line.length) lines[rows.shown[row]!]![rows.line[row]!] = 1;
    else for (const token of typedTokens(left.join(" "))) parts.add(token);
  });
  return { lines, tokens, parts };
}
