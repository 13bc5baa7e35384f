import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestPath, IS_GONE, MUST_STAY, type PathBlock } from "../../src/scoring/index.ts";

const block = (worth: number[], change: Partial<PathBlock> = {}): PathBlock => ({
  worth: Float64Array.from(worth),
  cost: new Float64Array(worth.length).fill(10),
  fixed: new Uint8Array(worth.length),
  firstGapCost: 0,
  gapCost: 0,
  ...change,
});
const kept = (one: PathBlock, price: number) => [...bestPath(one, price)].join("");

/** What a selection costs, counted the slow way. */
function costOf({ cost, gapCost, firstGapCost }: PathBlock, keeps: readonly number[]): number {
  let sum = keeps.includes(0) ? firstGapCost : 0;
  keeps.forEach((keep, i) => {
    if (keep === 1) sum += cost[i]!;
    else if (i === 0 || keeps[i - 1] === 1) sum += gapCost;
  });
  return sum;
}

test("keeps everything that costs nothing", () => {
  expect(kept(block([1, 0, 1]), 0)).toBe("111");
});

test("keeps what is worth its price", () => {
  expect(kept(block([1, 5, 2, 4]), 0.3)).toBe("0101");
});

test("keeps lines together where gaps are dear", () => {
  expect(kept(block([5, 1, 5, 1, 5]), 0.2)).toBe("10101");
  expect(kept(block([5, 1, 5, 1, 5], { gapCost: 9 }), 0.2)).toBe("11111");
});

test("leaves a block alone where its first cut costs more than it frees", () => {
  expect(kept(block([1, 1]), 0.2)).toBe("00");
  expect(kept(block([1, 1], { firstGapCost: 30 }), 0.2)).toBe("11");
});

test("keeps what must stay, and never brings back what is gone", () => {
  const fixed = Uint8Array.from([MUST_STAY, 0, IS_GONE, 0]);
  expect(kept(block([0, 0, 9, 0], { fixed }), 1)).toBe("1000");
  expect(kept(block([1, 1, 9, 1], { fixed }), 0)).toBe("1101");
});

describe("for any lines", () => {
  const line = fc.record({ worth: fc.integer({ min: 0, max: 20 }), cost: fc.integer({ min: 1, max: 9 }) });
  const any = fc
    .tuple(fc.array(line, { minLength: 1, maxLength: 8 }), fc.nat(6), fc.nat(6))
    .map(([lines, gapCost, firstGapCost]) =>
      block(
        lines.map(({ worth }) => worth),
        { cost: Float64Array.from(lines, ({ cost }) => cost), gapCost, firstGapCost },
      ),
    );

  test("no other selection is worth more at the same price", () => {
    fc.assert(
      fc.property(any, fc.double({ min: 0, max: 10, noNaN: true }), (one, price) => {
        const profit = (selection: readonly number[]) =>
          selection.reduce((sum, keep, at) => sum + keep * one.worth[at]!, 0) -
          price * costOf(one, selection);
        const size = one.worth.length;
        const all = Array.from({ length: 2 ** size }, (_, bits) =>
          Array.from({ length: size }, (_, at) => (bits >> at) & 1),
        );
        expect(profit([...bestPath(one, price)])).toBeCloseTo(Math.max(...all.map(profit)), 6);
      }),
      { numRuns: 500 },
    );
  });
});
