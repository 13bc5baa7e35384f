import { describe, expect, test } from "vitest";
import { tokenCounter } from "../../src/tokens/index.ts";
import { longInputs } from "./long-inputs.ts";

// Computed once, by this counter and by another implementation (a heap over all positions) that agreed.
const counts: Readonly<Record<string, readonly [o200k: number, cl100k: number]>> = {
  "one letter": [125000, 125000],
  "two letters": [250000, 500000],
  "random lower case": [518852, 540354],
  "random bases": [470699, 478513],
  "random base64": [682872, 716691],
  spaces: [7813, 7813],
  "random white space": [618299, 612002],
  "line ends": [62500, 31250],
  "CR and LF": [125000, 125000],
  dashes: [15625, 15625],
  "brackets and line ends": [500000, 500000],
  "line ends and slashes": [500000, 500001],
  zeros: [333334, 333334],
  "NUL characters": [500000, 1000000],
  emoji: [250000, 500000],
  "one Han character": [333333, 333333],
  "random Han characters": [303218, 330103],
  "combining marks": [500000, 500000],
  "a mark and upper case": [125001, 125001],
  "upper case and apostrophes": [500001, 500001],
  "lone surrogates": [41668, 83334],
  "words far apart": [10000, 10000],
};

describe("a megabyte at once", () => {
  test.each(Object.entries(longInputs))("of %s is counted", (name, makeText) => {
    const text = makeText();
    expect([tokenCounter("o200k_base").count(text), tokenCounter("cl100k_base").count(text)]).toEqual(
      counts[name],
    );
  });
});
