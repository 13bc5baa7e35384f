import { expect, test } from "vitest";
import { readTrees } from "../../src/scoring/learned.ts";
import { FEATURES, WIDTH } from "../../src/scoring/line-features.ts";
import data from "../../src/scoring/trees.json" with { type: "json" };
import { LEAVES, QUESTIONS, sumOfLeaves } from "../../src/scoring/trees.ts";

function row(values: Readonly<Record<string, number>>): Float32Array {
  return Float32Array.from(FEATURES, (name) => values[name] ?? 0);
}

const ask = ["age>1", "reads>0", "edits>0", "length>2", "length>2", "length>2", "length>2"].join(" ");
const say = [1, 2, 3, 4, 5, 6, 7, 8];

test("a tree asks three questions and says what stands at the leaf it comes to", () => {
  const trees = readTrees([{ ask, say }]);
  const at = (values: Readonly<Record<string, number>>) => sumOfLeaves(trees, row(values), 0);
  expect(at({})).toBe(1);
  expect(at({ length: 3 })).toBe(2);
  expect(at({ reads: 1 })).toBe(3);
  expect(at({ age: 2 })).toBe(5);
  expect(at({ age: 2, edits: 1, length: 3 })).toBe(8);
  expect(at({ age: 1 }), "a value at the threshold is not more").toBe(1);
});

test("several trees add up, on any row of many", () => {
  const trees = readTrees([
    { ask, say },
    { ask, say: say.map((leaf) => 10 * leaf) },
  ]);
  const values = new Float32Array(2 * WIDTH);
  values.set(row({ age: 2 }), WIDTH);
  expect(sumOfLeaves(trees, values, 0)).toBe(11);
  expect(sumOfLeaves(trees, values, WIDTH)).toBe(55);
});

test("the trees in use ask about known features only, and say on what they were trained and how well they did", () => {
  for (const { ask, say } of data.trees) {
    const questions = ask.split(" ").map((question) => question.split(">"));
    expect(questions).toHaveLength(QUESTIONS);
    expect(say).toHaveLength(LEAVES);
    for (const [feature, threshold] of questions) {
      expect(FEATURES).toContain(feature);
      expect(Number(threshold)).not.toBeNaN();
    }
  }
  expect(data.trees.length).toBeGreaterThan(0);
  expect(data.learnedFrom.cuts).toBeGreaterThan(0);
  expect(data.result.length).toBeGreaterThan(0);
});
