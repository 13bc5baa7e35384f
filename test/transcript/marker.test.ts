import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  hasForeignMarker,
  hasGapLookalike,
  isWholeMarker,
  parseBlockMarker,
  parseCutText,
  printBlockMarker,
  printCharacterGap,
  printLineGap,
  SIDECAR_MARKER,
  touchedLines,
} from "../../src/transcript/marker.ts";
import type { Outcome } from "../../src/transcript/types.ts";

describe("a block marker", () => {
  test.each<[Outcome, number, number, string]>([
    ["ok", 41, 612, "[compact get 3f2a9c1b: ok, 41 lines, 612 tokens]"],
    ["failed", 1, 1, "[compact get 3f2a9c1b: failed, 1 line, 1 token]"],
    ["exit 127", 2, 9, "[compact get 3f2a9c1b: exit 127, 2 lines, 9 tokens]"],
    ["ran", 0, 900, "[compact get 3f2a9c1b: ran, 900 tokens]"],
  ])("says how the call ended and what was removed: %s, %i lines", (outcome, lines, tokens, text) => {
    const marker = { ref: "3f2a9c1b", outcome, lines, tokens };
    expect(printBlockMarker(marker)).toBe(text);
    expect(parseBlockMarker(text)).toEqual(marker);
  });

  test("without a store has no ref", () => {
    const marker = { ref: undefined, outcome: "ok", lines: 2, tokens: 30 } as const;
    expect(printBlockMarker(marker)).toBe("[compact: ok, 2 lines, 30 tokens]");
    expect(parseBlockMarker("[compact: ok, 2 lines, 30 tokens]")).toEqual(marker);
  });

  test.each([
    "text [compact get 3f2a9c1b: ok, 41 lines, 612 tokens]",
    "[compact get 3f2a9c1b: ok, 41 lines, 612 tokens] ",
    "[compact get 3F2A9C1B: ok, 41 lines, 612 tokens]",
    "[compact get 3f2a9c1: ok, 41 lines, 612 tokens]",
    "[compact get 3f2a9c1b: done, 41 lines, 612 tokens]",
    SIDECAR_MARKER,
  ])("is recognised by full match only: %s", (text) => {
    expect(parseBlockMarker(text)).toBeUndefined();
  });

  test("never needs escaping, at any depth of JSON", () => {
    const text = printBlockMarker({ ref: "3f2a9c1b", outcome: "exit -9", lines: 3, tokens: 4 });
    for (const marker of [text, printLineGap([1, 5]), printCharacterGap(3, [200, 900]), SIDECAR_MARKER]) {
      expect(JSON.stringify(JSON.stringify(marker))).toBe(`"\\"${marker}\\""`);
    }
  });
});

describe("a gap", () => {
  test("names lines as people and `compact get` count them", () => {
    expect(printLineGap([11, 52])).toBe("[...12-52]");
    expect(printLineGap([11, 12])).toBe("[...12]");
    expect(printCharacterGap(11, [200, 4800])).toBe("[...12:201-4800]");
  });

  test("in text that is to be cut would be ambiguous, so it is found anywhere", () => {
    expect(hasGapLookalike("see [...12-52] above")).toBe(true);
    expect(hasGapLookalike("const all = [...items, 1]")).toBe(false);
  });
});

describe("a cut text", () => {
  const text =
    "[compact get 3f2a9c1b: ok, 3 lines, 40 tokens]\nfirst\n[...2-3]\nfourth\n[...5]\nhead[...6:300-2100]tail";

  test("is taken apart into what was kept and what went", () => {
    expect(parseCutText(text)).toMatchObject({ kept: "first\nfourth\nheadtail", originalLines: 6 });
    expect(touchedLines(text, 6)).toEqual([1, 2, 4, 5]);
  });

  test("that is nothing but a marker lost every line", () => {
    const whole = "[compact get 3f2a9c1b: ok, 3 lines, 40 tokens]";
    expect(isWholeMarker(whole)).toBe(true);
    expect(isWholeMarker(text)).toBe(false);
    expect(touchedLines(whole, 3)).toEqual([0, 1, 2]);
  });

  test("needs a marker in its first line", () => {
    expect(parseCutText(`first\n${text}`)).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), (anything) => {
        fc.pre(!anything.startsWith("[compact"));
        expect(parseCutText(anything)).toBeUndefined();
      }),
    );
  });
});

test.each([
  "<persisted-output>\nOutput too large (399.2KB). Full output saved to: x",
  "[Old tool result content cleared]",
  "<tool_output_masked>\n…",
  "Old environment output: (12 lines omitted)",
])("markers of other harnesses are recognised: %s", (text) => {
  expect(hasForeignMarker(text)).toBe(true);
});
