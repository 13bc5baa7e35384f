// In: facts. Out: Markdown: all of them, or a ledger of the most telling ones that fits a number of tokens. A ledger is for the
// beginning of the next session; it says what it left out.
import type { Source } from "../source.ts";
import type { FactSet } from "./fact-set.ts";
import { SECTIONS, type Section } from "./sections.ts";

interface Filled {
  readonly section: Section;
  readonly lines: readonly string[];
}

export function factsAsMarkdown(facts: FactSet): string {
  const filled = fill(facts, SECTIONS);
  return render(
    filled,
    filled.map(({ lines }) => lines.length),
  );
}

/**
 * The longest ledger within `maxTokens`; empty where not even one line fits.
 *
 * @param count exact tokens of a text
 */
export function ledger(facts: FactSet, maxTokens: number, count: (text: string) => number): string {
  const filled = fill(
    facts,
    SECTIONS.filter(({ weight }) => weight > 0),
  );
  const order = filled
    .flatMap(({ section, lines }, part) =>
      lines.map((_, rank) => ({ part, turn: (rank + 1) / section.weight })),
    )
    .sort((a, b) => a.turn - b.turn);
  const take = (size: number) => {
    const shown = filled.map(() => 0);
    for (const { part } of order.slice(0, size)) shown[part]!++;
    return size === 0 ? "" : render(filled, shown);
  };
  let fits = 0;
  for (let low = 1, high = order.length; low <= high; ) {
    const middle = (low + high) >> 1;
    if (count(take(middle)) <= maxTokens) {
      fits = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return take(fits);
}

function fill(facts: FactSet, sections: readonly Section[]): Filled[] {
  const { transcripts } = facts;
  const place = ({ transcript, line }: Source) =>
    transcripts.length === 1 ? `line ${line}` : `${transcript}:${line}`;
  return sections
    .map((section) => ({ section, lines: section.lines(facts, place) }))
    .filter(({ lines }) => lines.length > 0);
}

function render(filled: readonly Filled[], shown: readonly number[]): string {
  return filled
    .flatMap(({ section: { title }, lines }, i) => {
      const left = lines.length - shown[i]!;
      if (shown[i] === 0) return left === 0 ? [] : [`## ${title}\n\n- ${left} not shown\n`];
      const more = left === 0 ? [] : [`- ${left} more not shown`];
      return [
        `## ${title}\n\n${[...lines.slice(0, shown[i]).map((line) => `- ${line}`), ...more].join("\n")}\n`,
      ];
    })
    .join("\n");
}
