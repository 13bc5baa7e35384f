// Promise 9 for what selects lines: whoever keeps less keeps a subset, by share and by budget.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compact, type Settings } from "../../src/index.ts";
import { parseCutText, touchedLines } from "../../src/transcript/marker.ts";
import { resultTexts } from "./results.ts";
import { transcripts } from "./transcripts.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });

const byShare = (keep: number): Settings => ({ stages: [["delete-lines", { keep }]] });
/** Under a budget the ladder goes on below what the preset keeps without one. */
const byBudget = (keep: number): Settings => ({
  preset: "balanced",
  budget: `${(100 * keep).toFixed(2)}%`,
});

describe.each(transcripts)("in a %s transcript", (_format, arbitrary) => {
  test.each([
    ["share", byShare],
    ["budget", byBudget],
  ])("a smaller %s keeps a subset of the lines that a larger one keeps", (_kind, settings) => {
    fc.assert(
      fc.property(arbitrary, share, share, (source, a, b) => {
        const originals = resultTexts(compact(source, { stages: [] }));
        const lost = (keep: number) => lostLines(originals, resultTexts(compact(source, settings(keep))));
        const small = lost(Math.min(a, b));
        lost(Math.max(a, b)).forEach((lines, i) => {
          expect([...lines].filter((line) => !small[i]!.has(line))).toEqual([]);
        });
      }),
      { numRuns: 25 },
    );
  });
});

function lostLines(originals: readonly string[], texts: readonly string[]): Set<number>[] {
  return originals.map((original, i) => {
    const text = texts[i]!;
    const isCut = text !== original && parseCutText(text) !== undefined;
    return new Set(isCut ? touchedLines(text, original.split("\n").length) : []);
  });
}
