import { describe, expect, test } from "vitest";
import { isTokenizerName, tokenCounter, tokenizers } from "../../src/tokens/index.ts";
import { readTable } from "../../src/tokens/load-table.ts";

describe("the registry", () => {
  test("lists o200k_base first, because it is the default", () => {
    expect(tokenizers.map((tokenizer) => tokenizer.name)).toEqual(["o200k_base", "cl100k_base", "chars4"]);
  });

  test("describes every tokenizer in one short line", () => {
    for (const { description } of tokenizers) expect(description).toMatch(/^.{10,72}$/);
  });

  test("has a counter for every name", () => {
    for (const { name } of tokenizers) expect(tokenCounter(name).name).toBe(name);
  });

  test("knows its names and no others", () => {
    expect(isTokenizerName("cl100k_base")).toBe(true);
    expect(isTokenizerName("p50k_base")).toBe(false);
    expect(isTokenizerName("constructor")).toBe(false);
  });

  test("shares one counter a name", () => {
    expect(tokenCounter("o200k_base")).toBe(tokenCounter("o200k_base"));
  });
});

describe("chars4", () => {
  test("counts one token for every four characters, rounded up", () => {
    const { count } = tokenCounter("chars4");
    expect(["", "a", "four", "fiver", "😀😀"].map(count)).toEqual([0, 1, 1, 2, 1]);
  });
});

describe("a missing table", () => {
  test("is an error that names the folders, the remedy and the cause", () => {
    const read = () => readTable("o200k_base", ["/nowhere/tokens"]);
    expect(read).toThrow("no token table for o200k_base in /nowhere/tokens");
    expect(read).toThrow("npm run build");
    try {
      read();
    } catch (error) {
      expect((error as Error).cause).toMatchObject({ code: "ENOENT" });
    }
  });
});
