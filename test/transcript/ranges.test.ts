import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineAt, lineSpans } from "../../src/transcript/lines.ts";
import { LONG_LINE, mayCutInside, middleOfLine } from "../../src/transcript/long-lines.ts";
import { clip, contains, sizeOf, subtract, unite } from "../../src/transcript/ranges.ts";
import type { Range } from "../../src/transcript/types.ts";

const ranges = fc.array(
  fc.tuple(fc.nat(30), fc.nat(30)).map(([a, b]): Range => [Math.min(a, b), Math.max(a, b)]),
  { maxLength: 6 },
);
const members = (list: readonly Range[]) =>
  Array.from({ length: 40 }, (_, i) => i).filter((i) => contains(list, i));

describe("ranges behave as sets of positions", () => {
  test("in union, difference and size", () => {
    fc.assert(
      fc.property(ranges, ranges, (a, b) => {
        expect(members(unite([...a, ...b]))).toEqual(
          [...new Set([...members(a), ...members(b)])].sort((x, y) => x - y),
        );
        expect(members(subtract(a, b))).toEqual(members(a).filter((i) => !members(b).includes(i)));
        expect(sizeOf(unite(a))).toBe(members(a).length);
      }),
    );
  });

  test("and come out ascending, apart and not empty", () => {
    fc.assert(
      fc.property(ranges, ranges, (a, b) => {
        const result = subtract(a, b);
        result.forEach(([start, end], i) => {
          expect(start).toBeLessThan(end);
          if (i > 0) expect(start).toBeGreaterThan(result[i - 1]![1]);
        });
      }),
    );
  });

  test("are clipped to what is there", () => {
    expect(
      clip(
        [
          [-3, 2],
          [5, Number.POSITIVE_INFINITY],
        ],
        7,
      ),
    ).toEqual([
      [0, 2],
      [5, 7],
    ]);
  });
});

describe("lines of a text", () => {
  test("are split at line feeds only; a final empty one counts", () => {
    expect(lineSpans("ab\r\nc\n")).toEqual([
      [0, 3],
      [4, 5],
      [6, 6],
    ]);
  });

  test("agree with split, and every character finds its line", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "\n", "\r", "😀")), (parts) => {
        const text = parts.join("");
        const spans = lineSpans(text);
        expect(spans.map(([start, end]) => text.slice(start, end))).toEqual(text.split("\n"));
        for (let at = 0; at < text.length; at++) {
          const [start, end] = spans[lineAt(spans, at)]!;
          expect(start <= at && at <= end).toBe(true);
        }
      }),
    );
  });
});

describe("a line may be cut inside", () => {
  const long = "x".repeat(LONG_LINE + 1);

  test("only when it has more than 2,000 characters, and 200 stay at each end", () => {
    const whole: Range = [0, long.length];
    expect(mayCutInside(long, whole, [200, long.length - 200])).toBe(true);
    expect(mayCutInside(long, whole, [199, long.length - 200])).toBe(false);
    expect(mayCutInside(long, whole, [200, long.length - 199])).toBe(false);
    expect(mayCutInside(long.slice(1), [0, LONG_LINE], [900, 1000])).toBe(false);
  });

  test("never inside a surrogate pair: the middle moves inwards", () => {
    const pairs = `a${"😀".repeat(2000)}`;
    const middle = middleOfLine(pairs, [0, pairs.length], 400);
    expect(middle).toEqual([401, pairs.length - 400]);
    expect(mayCutInside(pairs, [0, pairs.length], middle)).toBe(true);
    expect(mayCutInside(pairs, [0, pairs.length], [400, 2000])).toBe(false);
  });
});
