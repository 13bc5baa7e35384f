import { expect, test } from "vitest";
import { Merger } from "../../src/tokens/merge.ts";
import { layOutTable, TokenTable } from "../../src/tokens/table.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Lowest rank first. Merging "ab" makes room for "abc", which is of a lower rank: such tokens need not exist, but may. */
const merger = new Merger(
  new TokenTable(layOutTable(["a", "b", "c", "d", "x", "cab", "abc", "ab", "abd"].map(bytesOf))),
);

const count = (text: string): number => merger.count(bytesOf(text), 0, text.length);

test("merges the lowest rank first, also when it only comes up while merging", () => {
  expect(count("abcabdx")).toBe(3); // "abc" "abd" "x", and not "ab" "cab" "d" "x"
});

test("merges a long piece as it merges its parts", () => {
  expect(count("abcabdx".repeat(60))).toBe(3 * 60);
  expect(count("abcababcabcx".repeat(60))).toBe(count("abcababcabcx") * 60);
});

test("merges only bytes of the piece", () => {
  expect(merger.count(bytesOf("xabcx"), 1, 3)).toBe(1);
});
