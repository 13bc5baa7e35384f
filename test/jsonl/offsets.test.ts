import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "../../src/jsonl/json.ts";
import { innerStringNode, lineOffsets } from "../../src/jsonl/offsets.ts";
import type { Block } from "../../src/transcript/types.ts";
import { styledString } from "../properties/json-style.ts";

/** The part of a block that offsets are read from. */
function blockOf(line: string, isNested: boolean): Block {
  const bytes = Buffer.from(line);
  const node = parseJson(bytes).get("text")!;
  const inner = isNested ? innerStringNode(node.text()!, "output")!.node : undefined;
  const entry = { line: { number: 1, bytes, eol: "\n" } };
  return { entry, span: node, encoding: isNested ? 2 : 1, inner } as unknown as Block;
}

const text = fc.string({ unit: "binary", maxLength: 30 }).map((value) => value.toWellFormed());
const style = fc.array(fc.nat(5), { minLength: 1, maxLength: 7 });

/** All offsets that do not split a surrogate pair. */
function cuttingPlaces(value: string): number[] {
  return Array.from({ length: value.length + 1 }, (_, at) => at).filter(
    (at) => !((value.charCodeAt(at) & 0xfc00) === 0xdc00 && (value.charCodeAt(at - 1) & 0xfc00) === 0xd800),
  );
}

test("any place in a text is found in the bytes of its line, however its characters are escaped", () => {
  fc.assert(
    fc.property(text, style, (value, choices) => {
      const line = `{"é":1,"text":${styledString(value, choices)}}`;
      const places = cuttingPlaces(value);
      const offsets = lineOffsets(blockOf(line, false), places);
      places.forEach((place, i) => {
        const upTo = Buffer.from(line).toString(
          "utf8",
          Buffer.from(line).indexOf('"text":"') + 8,
          offsets[i],
        );
        expect(JSON.parse(`"${upTo}"`)).toBe(value.slice(0, place));
      });
    }),
  );
});

test("any place in a text is found through two levels of JSON", () => {
  fc.assert(
    fc.property(text, style, style, (value, inside, outside) => {
      const inner = `{"output":${styledString(value, inside)},"metadata":{"exit_code":0}}`;
      const line = `{"text":${styledString(inner, outside)}}`;
      const places = cuttingPlaces(value);
      const offsets = lineOffsets(blockOf(line, true), places);
      const bytes = Buffer.from(line);
      places.forEach((place, i) => {
        const outer = JSON.parse(`"${bytes.toString("utf8", 9, offsets[i])}"`);
        expect(JSON.parse(`${outer.slice('{"output":'.length)}"`)).toBe(value.slice(0, place));
      });
    }),
  );
});

test("a string that only looks like nested JSON is plain text", () => {
  expect(innerStringNode('{"output": 1}', "output")).toBeUndefined();
  expect(innerStringNode('{"output":"x"', "output")).toBeUndefined();
  expect(innerStringNode('{"output":"\ud800"}', "output")).toBeUndefined();
});
