import { expect, test } from "vitest";
import { nearestDistances, windowMaxima, windowMeans } from "../../src/scoring/neighbours.ts";

const values = Float64Array.from([0, 4, 0, 0, 0, 8]);

test("means and maxima look at as many lines on each side as there are", () => {
  expect([...windowMeans(values, 1)]).toEqual([2, 4 / 3, 4 / 3, 0, 8 / 3, 4]);
  expect([...windowMaxima(values, 2)]).toEqual([4, 4, 4, 8, 8, 8]);
});

test("distances count lines to the nearest value above the threshold, on either side, up to a limit", () => {
  expect([...nearestDistances(values, 5, 4)]).toEqual([4, 4, 3, 2, 1, 0]);
  expect([...nearestDistances(values, 3, 9)]).toEqual([1, 0, 1, 2, 1, 0]);
  expect([...nearestDistances(values, 9, 9)]).toEqual([9, 9, 9, 9, 9, 9]);
});
