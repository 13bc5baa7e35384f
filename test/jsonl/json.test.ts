import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonSyntaxError, parseJson } from "../../src/jsonl/json.ts";

const parse = (text: string) => parseJson(Buffer.from(text));

describe("parseJson accepts what JSON.parse accepts, and gives the same values", () => {
  test("for any JSON value, however it is indented", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const node = parse(` ${text}\n`);
        expect(node.raw).toBe(text);
        expect(node.toValue()).toEqual(JSON.parse(text));
      }),
    );
  });

  test("for texts that are nearly JSON", () => {
    const pieces = fc.constantFrom(
      ...'{}[],:"\\ \n01.-+eEu',
      "tru",
      "true",
      "null",
      "\\u00e9",
      "\\ud800",
      "\\x",
      '"a"',
      "\u0001",
      "é",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join("");
        let expected: unknown;
        let isJson = true;
        try {
          expected = JSON.parse(text);
        } catch {
          isJson = false;
        }
        if (isJson) expect(parse(text).toValue()).toEqual(expected);
        else expect(() => parse(text)).toThrow(JsonSyntaxError);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("a node is found by its path", () => {
  test("of members with the same name the last one counts", () => {
    expect(parse('{"a":{"b":"1"},"a":{"b":"2"}}').text("a", "b")).toBe("2");
    expect(parse('{"a":{"b":"1"},"a":{"c":"2"}}').text("a", "b")).toBeUndefined();
  });

  test("a name that is spelled with escapes is the same name", () => {
    expect(parse('{"cont\\u0065nt":"x"}').text("content")).toBe("x");
  });

  test("numbers keep how they were written", () => {
    expect(parse('{"used":22.0,"big":12345678901234567890}').get("used")?.raw).toBe("22.0");
  });

  test("a string knows its bytes, quotes included", () => {
    const node = parse('{"é":1,"e":"ü\\n"}').get("e");
    expect([node?.start, node?.end]).toEqual([12, 18]);
    expect(node?.text()).toBe("ü\n");
  });
});

test.each([
  ["a string that does not end", '{"a":"b', "a string that does not end", 7],
  ["two values on a line", '{"a":1}{"b":2}', "text after the end", 7],
  ["an object that was cut off", '{"a":1', "expected `,` or `}`", 6],
])("says where and why a line is not JSON: %s", (_title, text, message, offset) => {
  try {
    parse(text);
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ message: expect.stringContaining(message), offset });
  }
});

test("steps over a byte order mark", () => {
  expect(parseJson(Buffer.from('\ufeff{"a":1}')).get("a")?.raw).toBe("1");
});

test("refuses nesting that would overflow the stack, instead of overflowing it", () => {
  expect(() => parse("[".repeat(100_000))).toThrow("nested deeper than 1000 levels");
});
