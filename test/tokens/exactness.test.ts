import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tokenCounter } from "../../src/tokens/index.ts";
import { exactNames, oracle } from "./oracle.ts";
import * as texts from "./texts.ts";

describe.each(exactNames)("%s", (name) => {
  const counter = tokenCounter(name);
  const expected = oracle(name);
  const check = (arbitrary: fc.Arbitrary<string>, numRuns: number): void => {
    fc.assert(
      fc.property(arbitrary, (text) => {
        expect(counter.count(text)).toBe(expected(text));
      }),
      { numRuns },
    );
  };

  test("counts whatever the rules may stumble over as js-tiktoken does", () => check(texts.mixture, 6000));
  test("counts code, prose, paths and logs as js-tiktoken does", () => check(texts.document, 1500));
  test("counts every code point as js-tiktoken does, lone surrogates included", () =>
    check(texts.anyCodePoints, 3000));
  test("counts bytes that are no text as js-tiktoken does", () => check(texts.bytesAsText, 2000));
  test("counts runs of one character as js-tiktoken does", () => check(texts.longRun, 120));
  test("counts long words as js-tiktoken does", () => check(texts.longWord, 120));

  test("classifies every character below U+3000 as js-tiktoken does", () => {
    for (let page = 0; page < 0x3000; page += 64) {
      const characters = Array.from({ length: 64 }, (_, i) => String.fromCodePoint(page + i));
      // Between a letter, a space and upper case, a character of another class would be cut differently.
      const text = characters.map((character) => `a${character}B ${character}1${character}\n`).join("");
      expect(counter.count(text), `from U+${page.toString(16)}`).toBe(expected(text));
    }
  });

  test("counts a text that is longer than its parts as js-tiktoken does", () => {
    const paragraph = "const value = compute(input);\n\n/usr/bin/env\n  indented, naïve — 中文 😀\n)\n/\n";
    const text = paragraph.repeat(3000);
    expect(counter.count(text)).toBe(expected(text));
    expect(counter.count(text.replaceAll("\n", ""))).toBe(expected(text.replaceAll("\n", "")));
  });

  test("counts a text the same when it comes back", () => {
    const text = "The same observation, counted by one stage after the other.\n".repeat(40);
    expect(counter.count(text)).toBe(counter.count(text));
  });
});
