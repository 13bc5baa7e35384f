import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { IS_GONE, MUST_STAY, type PathBlock, selectPath } from "../../src/scoring/index.ts";

const block = (worth: number[], change: Partial<PathBlock> = {}): PathBlock => ({
  worth: Float64Array.from(worth),
  cost: new Float64Array(worth.length).fill(10),
  fixed: new Uint8Array(worth.length),
  firstGapCost: 0,
  gapCost: 0,
  ...change,
});
const kept = (blocks: PathBlock[], budget: number) =>
  selectPath(blocks, budget).keeps.map((keeps) => [...keeps].join(""));

/** What a selection costs, counted the slow way. */
function costOf({ cost, gapCost, firstGapCost }: PathBlock, keeps: readonly number[]): number {
  let sum = keeps.includes(0) ? firstGapCost : 0;
  keeps.forEach((keep, i) => {
    if (keep === 1) sum += cost[i]!;
    else if (i === 0 || keeps[i - 1] === 1) sum += gapCost;
  });
  return sum;
}

test("keeps everything where the budget allows it", () => {
  expect(kept([block([1, 0, 1])], 30)).toEqual(["111"]);
});

test("keeps what is worth most for its cost", () => {
  expect(kept([block([1, 5, 2, 4])], 20)).toEqual(["0101"]);
  expect(kept([block([1, 1]), block([3, 3])], 20)).toEqual(["00", "11"]);
});

test("keeps lines together where gaps are dear", () => {
  const cheap = block([5, 1, 5, 1, 5]);
  expect(kept([cheap], 45)).toEqual(["10101"]);
  expect(kept([block([5, 1, 5, 1, 5], { gapCost: 9 }), block([0, 0, 0, 0, 0])], 60)).toEqual([
    "11111",
    "00000",
  ]);
});

test("leaves a block alone where its first cut costs more than it frees", () => {
  expect(kept([block([1, 1], { firstGapCost: 30 }), block([2, 2, 2])], 40)).toEqual(["11", "000"]);
});

test("keeps what must stay, and never brings back what is gone", () => {
  const fixed = Uint8Array.from([MUST_STAY, 0, IS_GONE, 0]);
  expect(kept([block([0, 0, 9, 0], { fixed })], 10)).toEqual(["1000"]);
  expect(kept([block([1, 1, 9, 1], { fixed })], 1000)).toEqual(["1101"]);
});

describe("for any lines", () => {
  const line = fc.record({ worth: fc.integer({ min: 0, max: 20 }), cost: fc.integer({ min: 1, max: 9 }) });
  const blocks = fc.array(
    fc
      .tuple(fc.array(line, { minLength: 1, maxLength: 6 }), fc.nat(6), fc.nat(6))
      .map(([lines, gapCost, firstGapCost]) =>
        block(
          lines.map(({ worth }) => worth),
          { cost: Float64Array.from(lines, ({ cost }) => cost), gapCost, firstGapCost },
        ),
      ),
    { minLength: 1, maxLength: 3 },
  );

  test("no other selection is worth more at the price that was found", () => {
    fc.assert(
      fc.property(blocks, fc.nat(100), (list, budget) => {
        const { price, keeps } = selectPath(list, budget);
        list.forEach((one, i) => {
          const profit = (selection: readonly number[]) =>
            selection.reduce((sum, keep, at) => sum + keep * one.worth[at]!, 0) -
            price * costOf(one, selection);
          const size = one.worth.length;
          const all = Array.from({ length: 2 ** size }, (_, bits) =>
            Array.from({ length: size }, (_, at) => (bits >> at) & 1),
          );
          const best = Math.max(...all.map(profit));
          expect(profit([...keeps[i]!])).toBeGreaterThanOrEqual(best - 1e-6 * Math.max(1, Math.abs(best)));
        });
      }),
      { numRuns: 300 },
    );
  });

  test("the budget is met, unless all that is left are markers", () => {
    fc.assert(
      fc.property(blocks, fc.nat(100), (list, budget) => {
        const { keeps } = selectPath(list, budget);
        const spent = list.reduce((sum, one, i) => sum + costOf(one, [...keeps[i]!]), 0);
        const least = list.reduce((sum, one) => {
          const nothing = costOf(one, new Array(one.worth.length).fill(0));
          return sum + Math.min(nothing, costOf(one, new Array(one.worth.length).fill(1)));
        }, 0);
        expect(spent).toBeLessThanOrEqual(Math.max(budget, least));
      }),
      { numRuns: 300 },
    );
  });
});
