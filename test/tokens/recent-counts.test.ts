import { expect, test } from "vitest";
import { RecentCounts } from "../../src/tokens/recent-counts.ts";

const megabyte = (letter: string): string => letter.repeat(1 << 20);

test("finds the count of a long text again", () => {
  const counts = new RecentCounts();
  counts.keep(megabyte("a"), 7);
  expect(counts.find(megabyte("a"))).toBe(7);
  expect(counts.find(megabyte("b"))).toBeUndefined();
});

test("keeps 8 million characters, and drops what was not asked for longest", () => {
  const counts = new RecentCounts();
  for (const letter of "abcdefgh") counts.keep(megabyte(letter), 1);
  expect(counts.find(megabyte("a"))).toBe(1);
  counts.keep(megabyte("i"), 1);
  expect(counts.find(megabyte("b"))).toBeUndefined();
  expect(counts.find(megabyte("a"))).toBe(1);
  expect(counts.find(megabyte("i"))).toBe(1);
});

test("does not keep a text that alone exceeds the bound, nor short ones", () => {
  const counts = new RecentCounts();
  counts.keep("a".repeat((8 << 20) + 1), 1);
  counts.keep("short", 1);
  expect(counts.find("a".repeat((8 << 20) + 1))).toBeUndefined();
  expect(counts.find("short")).toBeUndefined();
});
