// Which files go to a thread together.
import { expect, test } from "vitest";
import { MOST_IN_GROUP, takeGroup } from "../../src/cli/worker-groups.ts";

const sizes = (list: readonly number[]) => list.map((bytes) => ({ bytes }));
const groups = (list: readonly number[], threads: number) => {
  const waiting = sizes(list);
  const found: number[][] = [];
  while (waiting.length > 0) found.push(takeGroup(waiting, threads).map(({ bytes }) => bytes));
  return found;
};

test("small files go together, in their order, and a large one alone", () => {
  const small = Array.from({ length: 100 }, () => 25_000);
  expect(takeGroup(sizes(small), 2)).toHaveLength(10);
  expect(takeGroup(sizes([900_000, ...small]), 2)).toEqual([{ bytes: 900_000 }]);
  expect(takeGroup(sizes([25_000, 900_000, ...small]), 2)).toEqual([{ bytes: 25_000 }]);
});

test("empty files are no reason to give one thread all of them", () => {
  expect(takeGroup(sizes(Array(1000).fill(0)), 2)).toHaveLength(MOST_IN_GROUP);
});

test("each thread gets some, down to the last files", () => {
  const found = groups(Array(16).fill(1000), 2);
  expect(found.flat()).toHaveLength(16);
  expect(found[0]!.length).toBeLessThanOrEqual(4);
  expect(found.slice(-3)).toEqual([[1000], [1000], [1000]]);
});
