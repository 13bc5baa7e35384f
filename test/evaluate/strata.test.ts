import { expect, test } from "vitest";
import type { Reference } from "../../src/evaluate/recall/reference.ts";
import { addStrata, strataOf } from "../../src/evaluate/recall/strata.ts";

const reference = (line: number, part: Partial<Reference>): Reference => ({
  family: "v",
  kind: "line",
  text: `line ${line}`,
  weight: 1,
  isNear: true,
  stepsUntil: 1,
  source: "read",
  places: [{ shown: 0, anyOf: [[line]] }],
  ...part,
});

const references = [
  reference(0, { stepsUntil: 1 }),
  reference(1, { stepsUntil: 4, source: "list" }),
  reference(1, { stepsUntil: 30, family: "t" }),
];
const kept = { lines: [Uint8Array.from([1, 0])], tokens: 0 };

test("counts what is still there by horizon and by source, each family apart, and names no empty stratum", () => {
  expect(strataOf(references, kept)).toEqual([
    { name: "used within 1 step", family: "v", references: 1, there: 1 },
    { name: "used within 5 steps", family: "v", references: 2, there: 1 },
    { name: "used within 20 steps", family: "v", references: 2, there: 1 },
    { name: "used at any time", family: "v", references: 2, there: 1 },
    { name: "used at any time", family: "t", references: 1, there: 0 },
    { name: "from read", family: "v", references: 1, there: 1 },
    { name: "from read", family: "t", references: 1, there: 0 },
    { name: "from list", family: "v", references: 1, there: 0 },
  ]);
});

test("the strata of several cuts add up", () => {
  const one = strataOf(references, kept);
  const all = addStrata([one, one, []]);
  expect(all.find(({ name, family }) => name === "used within 5 steps" && family === "v")).toEqual({
    name: "used within 5 steps",
    family: "v",
    references: 4,
    there: 2,
  });
});
