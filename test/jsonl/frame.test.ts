import fc from "fast-check";
import { expect, test } from "vitest";
import { frameLines } from "../../src/jsonl/frame.ts";

const framed = (text: string) =>
  frameLines(Buffer.from(text)).map(({ bytes, eol }) => [bytes.toString(), eol]);

test.each([
  ["an empty file has no lines", "", []],
  [
    "a last line without a line feed keeps that",
    "a\nb",
    [
      ["a", "\n"],
      ["b", ""],
    ],
  ],
  [
    "a carriage return before a line feed belongs to the end of line",
    "a\r\nb\r\n",
    [
      ["a", "\r\n"],
      ["b", "\r\n"],
    ],
  ],
  ["a lone carriage return is text", "a\rb\n", [["a\rb", "\n"]]],
  [
    "blank lines are lines",
    "\n\r\n",
    [
      ["", "\n"],
      ["", "\r\n"],
    ],
  ],
  [
    "U+2028, U+2029 and U+0085 do not end a line",
    "a\u2028b\u2029c\u0085d\n",
    [["a\u2028b\u2029c\u0085d", "\n"]],
  ],
])("%s", (_title, text, lines) => {
  expect(framed(text)).toEqual(lines);
});

test("lines are counted from 1", () => {
  expect(frameLines(Buffer.from("a\nb\n")).map(({ number }) => number)).toEqual([1, 2]);
});

test("all lines and ends of line, joined, are the file, whatever its bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const source = Buffer.from(bytes.map((byte) => (byte % 5 === 0 ? 10 : byte % 5 === 1 ? 13 : byte)));
      const joined = frameLines(source).flatMap((line) => [line.bytes, Buffer.from(line.eol)]);
      expect(Buffer.concat(joined).equals(source)).toBe(true);
    }),
  );
});

test("lines are views into the file, not copies", () => {
  const source = Buffer.from("abc\ndef\n");
  source[5] = "X".charCodeAt(0);
  const [, second] = frameLines(source);
  source[4] = "Y".charCodeAt(0);
  expect(second?.bytes.toString()).toBe("YXf");
});
