import { describe, expect, test } from "vitest";
import { encodings } from "../../src/tokens/encodings.ts";
import { exactCounter } from "../../src/tokens/exact-counter.ts";
import { readTable } from "../../src/tokens/load-table.ts";
import { hashBytes, layOutTable, NO_TOKEN, TokenTable } from "../../src/tokens/table.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function rankIn(table: TokenTable, text: string): number {
  const bytes = bytesOf(text);
  return table.rank(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
}

describe("a token table", () => {
  const table = new TokenTable(layOutTable(["a", "b", "c", "ab", "abc", "中"].map(bytesOf)));

  test("finds every token that was laid out in it, in the order of the ranks", () => {
    const ranks = ["a", "b", "c", "ab", "abc", "中"].map((token) => rankIn(table, token));
    expect(ranks).not.toContain(NO_TOKEN);
    expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
  });

  test("finds nothing else", () => {
    for (const text of ["", "d", "ac", "bc", "abcd", "文"]) expect(rankIn(table, text)).toBe(NO_TOKEN);
  });

  test("knows its longest token", () => {
    expect(table.longestToken).toBe(3);
  });

  test("refuses bytes that are no table, or only a part of one", () => {
    const file = layOutTable([bytesOf("a")]);
    expect(() => new TokenTable(bytesOf("not a table"))).toThrow("not a token table");
    expect(() => new TokenTable(file.subarray(0, file.length - 1))).toThrow("not a token table");
    expect(() => new TokenTable(new Uint8Array(0))).toThrow("not a token table");
  });

  test("may come from anywhere: from a file, or from the middle of other bytes", () => {
    const file = readTable("cl100k_base");
    const padded = new Uint8Array(file.length + 1);
    padded.set(file, 1);
    const counter = exactCounter(encodings.cl100k_base, padded.subarray(1));
    expect(counter.count("hello, world")).toBe(3);
  });
});
