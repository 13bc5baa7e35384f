import { describe, expect, test } from "vitest";
import { tokenCounter } from "../../src/tokens/index.ts";
import { countedTexts } from "./counted-texts.ts";

describe("the committed counts", () => {
  test.each(countedTexts)("hold for %s", (_, text, o200k, cl100k) => {
    expect(tokenCounter("o200k_base").count(text)).toBe(o200k);
    expect(tokenCounter("cl100k_base").count(text)).toBe(cl100k);
  });
});
