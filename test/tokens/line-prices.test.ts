import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { priceLines, type TextPart, type TokenizerName, tokenCounter } from "../../src/tokens/index.ts";
import * as texts from "./texts.ts";

const names: readonly TokenizerName[] = ["o200k_base", "cl100k_base", "chars4"];

const lines = fc.array(texts.line, { minLength: 1, maxLength: 30 });

/** What replaces a gap: mostly a marker, now and then anything, several lines included. */
const replacement = fc.option(
  fc.oneof(
    fc.constant("[12 lines removed: compact get 0a1b2c3d]"),
    fc.constantFrom("", "/", "\n", ")"),
    texts.document,
  ),
  { nil: undefined },
);

/** Parts of a text of this many lines, from the numbers of lines to keep and to leave out by turns. */
function partsFrom(
  lineCount: number,
  turns: readonly (readonly [number, number, string | undefined])[],
): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const [kept, removed, text] of turns) {
    const end = Math.min(at + kept, lineCount);
    parts.push({ start: at, end });
    if (text !== undefined) parts.push({ text });
    at = Math.min(end + removed, lineCount);
  }
  return parts;
}

const turns = fc.array(fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 6 }), replacement), { maxLength: 8 });

function join(allLines: readonly string[], parts: readonly TextPart[]): string {
  const pieces = parts.flatMap((part) =>
    "text" in part ? [part.text] : allLines.slice(part.start, part.end),
  );
  return pieces.join("\n");
}

describe.each(names)("%s", (name) => {
  const counter = tokenCounter(name);

  test("prices all lines together as the text that they make", () => {
    fc.assert(
      fc.property(lines, (all) => {
        expect(priceLines(all, counter).total).toBe(counter.count(all.join("\n")));
      }),
      { numRuns: 3000 },
    );
  });

  test("gives each line a price of its own, and the prices add up", () => {
    fc.assert(
      fc.property(lines, fc.nat(), (all, seed) => {
        const prices = priceLines(all, counter);
        const each = all.map((_, index) => prices.line(index));
        const sum = (from: number, to: number) =>
          each.slice(from, to).reduce((total, price) => total + price, 0);
        const middle = seed % all.length;
        expect(Math.min(...each)).toBeGreaterThanOrEqual(0);
        expect(sum(0, all.length)).toBe(prices.total);
        expect(prices.range(0, middle)).toBe(sum(0, middle));
      }),
      { numRuns: 2000 },
    );
  });

  test("prices what is left after deletions, with markers, as the text that comes out", () => {
    fc.assert(
      fc.property(lines, turns, (all, someTurns) => {
        const parts = partsFrom(all.length, someTurns);
        expect(priceLines(all, counter).after(parts)).toBe(counter.count(join(all, parts)));
      }),
      { numRuns: 6000 },
    );
  });

  test("prices nothing at all as nothing", () => {
    expect(priceLines([], counter).total).toBe(0);
    expect(priceLines([""], counter).total).toBe(0);
    expect(priceLines(["some", "lines"], counter).after([])).toBe(0);
  });

  test("prices a text that is longer than its parts", () => {
    const all = "  const value = 1;\n)\n/path\n\n\n中文".repeat(9000).split("\n");
    const prices = priceLines(all, counter);
    expect(prices.total).toBe(counter.count(all.join("\n")));
    const parts: TextPart[] = [
      { start: 0, end: 20_000 },
      { text: "[gone]" },
      { start: 30_001, end: all.length },
    ];
    expect(prices.after(parts)).toBe(counter.count(join(all, parts)));
  });
});

test("gives a line the tokens that begin in it, so a blank line after a bracket is free", () => {
  const prices = priceLines(["call()", "", "next"], tokenCounter("o200k_base"));
  expect([0, 1, 2].map((index) => prices.line(index))).toEqual([2, 0, 1]); // "call" "()\n\n" "next"
});
