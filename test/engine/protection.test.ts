import { describe, expect, test } from "vitest";
import { Prices } from "../../src/engine/prices.ts";
import { protect } from "../../src/engine/protection.ts";
import { detectFormat, readTranscripts } from "../../src/formats/index.ts";
import { frameLines } from "../../src/jsonl/frame.ts";
import { tokenCounter } from "../../src/tokens/index.ts";
import type { Range } from "../../src/transcript/types.ts";

interface Call {
  readonly command: string;
  readonly result: string;
}

/** What is protected of each result, in a chat of calls with a few newer ones behind them. */
function protectedRanges(
  calls: readonly Call[],
  patterns: readonly string[] = [],
  newer = 4,
): (readonly Range[])[] {
  const filler = Array.from({ length: newer }, (_, i) => ({ command: `true ${i}`, result: "fine" }));
  const messages: object[] = [{ role: "user", content: "go" }];
  [...calls, ...filler].forEach(({ command, result }, i) => {
    const call = {
      id: `c${i}`,
      type: "function",
      function: { name: "bash", arguments: JSON.stringify({ command }) },
    };
    messages.push({ role: "assistant", content: `step ${i}`, tool_calls: [call] });
    messages.push({ role: "tool", tool_call_id: `c${i}`, content: result });
  });
  const source = Buffer.from(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  const lines = frameLines(source);
  const transcript = [...readTranscripts(source, lines, detectFormat(lines)!.format)][0]!;
  const protection = protect(transcript, patterns, new Prices(tokenCounter("chars4")));
  return transcript.observations.map(({ blocks }) => protection.ranges(blocks[0]!)).slice(0, calls.length);
}

const whole = [[0, Number.POSITIVE_INFINITY]];
const failing = { command: "npm test", result: "Exit code: 1\nError: boom" };
const passing = { command: "npm test", result: "Exit code: 0\nall fine" };

test("the last 3 operations are protected, older ones are not", () => {
  const calls = Array.from({ length: 5 }, () => ({ command: "ls", result: "a" }));
  expect(protectedRanges(calls, [], 0)).toEqual([[], [], whole, whole, whole]);
});

describe("an error", () => {
  test("is protected while no later run of the same command went well", () => {
    expect(protectedRanges([failing])).toEqual([whole]);
    expect(protectedRanges([failing, { ...passing, command: "npm run lint" }])).toEqual([whole, []]);
    expect(protectedRanges([failing, { ...passing, result: "no exit code" }])).toEqual([whole, []]);
  });

  test("is free once the same command went well", () => {
    expect(protectedRanges([failing, passing])).toEqual([[], []]);
  });

  test("is free once the same command went well with another filter of its output that shows the end", () => {
    const filtered = (filter: string) => ({ ...passing, command: `npm test${filter}` });
    expect(protectedRanges([failing, filtered(" 2>&1 | tail -3")])).toEqual([[], []]);
    expect(protectedRanges([{ ...failing, command: "npm test 2>&1 | grep Error" }, passing])).toEqual([
      [],
      [],
    ]);
    expect(protectedRanges([failing, filtered(" | grep fine")])).toEqual([whole, []]);
    expect(protectedRanges([failing, filtered(" | head -3")])).toEqual([whole, []]);
    expect(protectedRanges([failing, filtered(" -- fine | tail -3")])).toEqual([whole, []]);
  });

  test("is protected again when the command fails again", () => {
    expect(protectedRanges([failing, passing, failing])).toEqual([[], [], whole]);
  });

  test("that came back is protected in its newest form only", () => {
    expect(protectedRanges([failing, failing])).toEqual([[], whole]);
  });

  test("is not what a search says that finds nothing", () => {
    expect(protectedRanges([{ command: "grep -rn TODO src", result: "Exit code: 1" }])).toEqual([[]]);
    expect(
      protectedRanges([{ command: "grep -rn TODO src", result: "Exit code: 2\ngrep: src: No such file" }]),
    ).toEqual([whole]);
  });

  test("of more than 2,000 tokens keeps its error lines with 2 lines around", () => {
    const filler = Array.from({ length: 900 }, (_, i) => `compiled module ${i}`);
    const lines = ["Exit code: 1", ...filler, "src/a.ts(3,1): error TS2304: no name", ...filler];
    expect(protectedRanges([{ command: "tsc", result: lines.join("\n") }])).toEqual([[[899, 904]]]);
  });

  test("of more than 2,000 tokens without a line we know keeps its end", () => {
    const lines = ["Exit code: 1", ...Array.from({ length: 1800 }, (_, i) => `compiled module ${i}`)];
    expect(protectedRanges([{ command: "make", result: lines.join("\n") }])).toEqual([[[1791, 1801]]]);
  });
});

describe("what an agent fetched back", () => {
  const fetched = { command: "compact get 3f2a9c1b", result: "text" };

  test("is protected", () => {
    expect(protectedRanges([fetched, { command: "ls", result: "a" }])).toEqual([whole, []]);
  });

  test("is protected for the newest 20", () => {
    const ranges = protectedRanges(Array.from({ length: 22 }, () => fetched));
    expect(ranges.map(({ length }) => length)).toEqual([0, 0, ...Array.from({ length: 20 }, () => 1)]);
  });
});

describe("--protect", () => {
  const calls = [
    { command: "cat db/schema.sql", result: "create table a" },
    { command: "cat src/app.ts", result: "const port = 3000;\nconst host = 1;" },
  ];

  test.each<[string, unknown]>([
    ["**/*.sql", [whole, []]],
    ["db/*", [whole, []]],
    ["bash", [whole, whole]],
    ["*.sql", [[], []]],
    ["/port/", [[], [[0, 1]]]],
    ["/CONST/i", [[], [[0, 2]]]],
    ["/CONST/gi", [[], [[0, 2]]]],
  ])("%s names tools and paths by a glob, lines by /regex/", (pattern, expected) => {
    expect(protectedRanges(calls, [pattern])).toEqual(expected);
  });
});
