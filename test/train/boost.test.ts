// What learning does with rows whose answer is known.
import { expect, test } from "vitest";
import { sumOfLeaves, type Trees } from "../../src/scoring/trees.ts";
import { boostTrees, type Sample } from "./boost.ts";

const WIDTH = 3;

/** A row is needed where its first number is large and its second is small; the third tells nothing. */
function sample(): Sample {
  const rows = Array.from({ length: 2000 }, (_, i) => [
    (i * 37) % 100,
    Math.floor(i / 100) * 5,
    (i * 17) % 10,
  ]);
  return {
    values: Float32Array.from(rows.flat()),
    isNeeded: Uint8Array.from(rows, ([first, second]) => (first! > 50 && second! < 30 ? 1 : 0)),
    weight: new Float64Array(rows.length).fill(1),
  };
}

const say = (trees: Trees, row: readonly number[]) => sumOfLeaves(trees, Float32Array.from(row), 0);

test("rows like those that were needed get more than rows that only share one of the numbers", () => {
  const trees = boostTrees(sample(), WIDTH, [0, 1, 2]);
  for (const third of [0, 9]) {
    const needed = say(trees, [80, 10, third]);
    expect(needed).toBeGreaterThan(say(trees, [80, 60, third]) + 2);
    expect(needed).toBeGreaterThan(say(trees, [20, 10, third]) + 2);
  }
});

test("nothing is asked about features that are not to be asked about", () => {
  const trees = boostTrees(sample(), WIDTH, [0, 2]);
  expect(say(trees, [80, 10, 5])).toBe(say(trees, [80, 60, 5]));
  expect(say(trees, [80, 10, 5])).toBeGreaterThan(say(trees, [20, 10, 5]));
});

test("the same rows give the same trees", () => {
  expect(boostTrees(sample(), WIDTH, [0, 1, 2])).toEqual(boostTrees(sample(), WIDTH, [0, 1, 2]));
});

test("rows that weigh nothing teach nothing", () => {
  const all = sample();
  const silenced = { ...all, weight: all.weight.map((_, row) => (all.values[row * WIDTH]! > 50 ? 1 : 0)) };
  const trees = boostTrees(silenced, WIDTH, [0]);
  expect(say(trees, [80, 10, 5])).toBeCloseTo(say(trees, [20, 10, 5]), 1);
});
