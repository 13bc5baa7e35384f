// What learning does with rows whose answer is known.
import { expect, test } from "vitest";
import { fitLogistic, type Sample } from "./logistic.ts";

/** Rows of three features: the first tells, the second tells the opposite, the third tells nothing. */
function sample(): Sample {
  const rows = Array.from({ length: 200 }, (_, i) => {
    const isNeeded = i % 2;
    const noise = ((i * 37) % 100) / 100;
    return { isNeeded, values: [10 * (isNeeded + noise), noise - isNeeded, (i % 7) / 7] };
  });
  return {
    values: Float32Array.from(rows.flatMap(({ values }) => values)),
    isNeeded: Uint8Array.from(rows, ({ isNeeded }) => isNeeded),
    weight: new Float64Array(rows.length).fill(1 / rows.length),
  };
}

test("a feature that goes with what is needed weighs more than 0, one against it less, and one that says nothing next to nothing", () => {
  const [first, second, third] = fitLogistic(sample(), 3, 0.003);
  expect(first!).toBeGreaterThan(0.1);
  expect(second!).toBeLessThan(-1);
  expect(Math.abs(third!)).toBeLessThan(0.5);
});

test("the same rows give the same weights", () => {
  expect(fitLogistic(sample(), 3, 0.003)).toEqual(fitLogistic(sample(), 3, 0.003));
});

test("a strong ridge draws weights to zero", () => {
  const [loose] = fitLogistic(sample(), 3, 0.001);
  const [tight] = fitLogistic(sample(), 3, 1);
  expect(Math.abs(tight!)).toBeLessThan(Math.abs(loose!) / 2);
});
