import { expect, test } from "vitest";
import { Names } from "../../src/scoring/names.ts";

const countOf = (text: string) => {
  const names = new Names();
  names.read(text, 0, text.length);
  return names.foundCount;
};

test("paths, marked identifiers and long numbers are names; words, short ones and punctuation are not", () => {
  for (const name of ["src/cli/main.ts", "main.ts", "read_file", "readFile", "sha256", "8472"])
    expect(countOf(`see ${name} here`), name).toBe(1);
  for (const word of ["something", "Something", "a.b", "12", "well-known", "...", "------", "END."])
    expect(countOf(`see ${word} here`), word).toBe(0);
});

test("the same name has the same number, whatever punctuation follows it", () => {
  const names = new Names();
  const text = "main.ts, main.ts. (main.ts) other.ts";
  names.read(text, 0, text.length);
  expect([...names.found.subarray(0, names.foundCount)]).toEqual([0, 0, 0, 1]);
  expect(names.count).toBe(2);
});

test("only the part that is asked for is read", () => {
  const names = new Names();
  names.read("main.ts other.ts", 8, 16);
  expect(names.foundCount).toBe(1);
});
