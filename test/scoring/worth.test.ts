import { expect, test } from "vitest";
import { detectFormat, readTranscripts } from "../../src/formats/index.ts";
import { frameLines } from "../../src/jsonl/frame.ts";
import { scoreLines } from "../../src/scoring/index.ts";

interface Turn {
  readonly say?: string;
  readonly command?: string;
  readonly result?: string;
}

/** The worth of each line of each observation, in order. */
function worths(turns: readonly Turn[]): number[][] {
  const messages: object[] = [{ role: "user", content: "go" }];
  turns.forEach(({ say = "", command, result }, i) => {
    if (command === undefined) {
      messages.push({ role: "assistant", content: say });
      return;
    }
    const call = {
      id: `c${i}`,
      type: "function",
      function: { name: "bash", arguments: JSON.stringify({ command }) },
    };
    messages.push({ role: "assistant", content: say, tool_calls: [call] });
    messages.push({ role: "tool", tool_call_id: `c${i}`, content: result ?? "" });
  });
  return worthsOf(messages);
}

function worthsOf(messages: readonly object[]): number[][] {
  const source = Buffer.from(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
  const lines = frameLines(source);
  const transcript = [...readTranscripts(source, lines, detectFormat(lines)!.format)][0]!;
  const scored = scoreLines(transcript);
  return transcript.observations.map(({ blocks }) => [...scored.get(blocks[0]!)!]);
}

const code = ["function roundAmount(cents) {", "  return Math.round(cents / 100) * 100;", "}"].join("\n");
const other = ["function paintWindow(colour) {", "  return Window.paint(colour) / 7 * 100;", "}"].join("\n");

test("a line whose words the agent used is worth more than one of strange words", () => {
  const [first, second] = worths([
    { command: "cat a.js", result: code },
    { command: "cat b.js", result: other },
    { say: "roundAmount loses cents: Math.round comes too late." },
  ]);
  expect(first![1]!).toBeGreaterThan(second![1]!);
});

test("a line that the agent wrote itself is worth next to nothing, and the lines around it are worth more", () => {
  const text = ["const first = readFirst(input);", "const second = readSecond(input);"].join("\n");
  const [quoted, plain] = worths([
    { command: "cat a.js", result: text },
    { command: "cat b.js", result: text.replaceAll("first", "third").replaceAll("second", "fourth") },
    { say: "const first = readFirst(input);" },
  ]);
  expect(quoted![0]!).toBeLessThan(1e-3 * quoted![1]!);
  expect(quoted![1]!).toBeGreaterThan(plain![1]!);
});

test("only the newest of equal lines counts, whatever their line numbers", () => {
  const [older, newer] = worths([
    { command: "cat -n a.js", result: `     7\t${code.split("\n")[0]}` },
    { command: "cat a.js", result: code.split("\n")[0]! },
  ]);
  expect(older).toEqual([0]);
  expect(newer![0]!).toBeGreaterThan(0);
});

test("files that were read are worth more than listings, and one line more than one of many", () => {
  const line = "the quick brown fox jumps over it";
  const [file, listing, log] = worths([
    { command: "cat notes.txt", result: `${line} 1` },
    { command: "ls notes", result: `${line} 2` },
    {
      command: "./run",
      result: [`${line} 3`, ...Array.from({ length: 200 }, (_, i) => `more of it ${i}`)].join("\n"),
    },
  ]);
  expect(file![0]!).toBeGreaterThan(listing![0]!);
  expect(listing![0]!).toBeGreaterThan(log![0]!);
});

test("passed tests, progress and bare paths are worth less than other lines of their output", () => {
  const lines = [
    "an output line like any other, of some length",
    "✓ rounds every amount to the nearest cent (3 ms)",
    "[ 12%] of the packages are now downloaded, wait",
    "src/very/long/folder/names/of/some/module.js:12",
  ];
  const [[plain, ...dull]] = worths([{ command: "./run", result: lines.join("\n") }]) as [number[]];
  for (const worth of dull) expect(worth).toBeLessThan(plain!);
});

test("the licence of a file is worth less than its other lines", () => {
  const lines = [
    "// Rounds amounts to cents, halves away from zero",
    "// Licensed under the Apache License, Version 2.0",
  ];
  const [[plain, licence]] = worths([{ command: "cat a.js", result: lines.join("\n") }]) as [number[]];
  expect(licence!).toBeLessThan(plain!);
});

test("an empty line is worth nothing, and no line less", () => {
  const [[...all]] = worths([{ command: "cat a", result: "\n\n  \nsomething of worth\n}" }]) as [number[]];
  expect(all.map((worth) => worth > 0)).toEqual([false, false, false, true, false]);
});

test("of two lines with one word of the agent each, the one whose word is rare is worth more", () => {
  const lines = ["the depot counts whatever parcels arrive", "the depot counts whatever letters arrive"];
  const result = [...lines, ...Array.from({ length: 20 }, (_, i) => `more parcels in shelf ${i} of it`)].join(
    "\n",
  );
  const used = worths([{ command: "cat a.txt", result }, { say: "letters" }])[0]!;
  const usedCommon = worths([{ command: "cat a.txt", result }, { say: "parcels" }])[0]!;
  expect(used[1]! / used[0]!).toBeGreaterThan(usedCommon[0]! / usedCommon[1]!);
});

test("what the last message is about is worth more than what an earlier one was about, though it was read before", () => {
  const file = (name: string) =>
    [`const ${name}Weight = weigh(${name});`, `return nothing.at(${name.length});`].join("\n");
  const look = { command: "ls", result: "nothing" };
  const [late, early] = worths([
    { command: "cat a.js", result: file("late") },
    { command: "cat b.js", result: file("early") },
    { say: "earlyWeight", ...look },
    look,
    look,
    { say: "lateWeight", ...look },
  ]);
  expect(late![0]!).toBeGreaterThan(early![0]!);
});

test("the newest read of a file is worth more than an older one of other lines", () => {
  const part = (name: string) => `const ${name} = load("${name}", options);`;
  const again = worths([
    { command: "sed -n 1,9p src/a.js", result: part("first") },
    { command: "sed -n 10,19p src/a.js", result: part("other") },
  ]);
  const apart = worths([
    { command: "sed -n 1,9p src/b.js", result: part("first") },
    { command: "sed -n 10,19p src/a.js", result: part("other") },
  ]);
  expect(again[0]![0]! / again[1]![0]!).toBeLessThan(apart[0]![0]! / apart[1]![0]!);
});

test("the last line of a licence is as little worth as the first, and the next paragraph of the comment is worth more", () => {
  const lines = [
    "// Licensed under the Apache License, Version 2.0",
    "// and to be used as such in every project",
    "//",
    "// Rounds amounts to cents, as in every project",
  ];
  const [[first, last, , next]] = worths([{ command: "cat a.js", result: lines.join("\n") }]) as [number[]];
  expect(last!).toBeLessThan(next! / 2);
  expect(first!).toBeLessThan(next! / 2);
});

test("what an agent's own agent found out is worth more than what another tool says", () => {
  const say = (tool: string) => {
    const call = { id: "c0", type: "function", function: { name: tool, arguments: '{"prompt":"look"}' } };
    const messages = [
      { role: "user", content: "go" },
      { role: "assistant", content: "", tool_calls: [call] },
      { role: "tool", tool_call_id: "c0", content: "The parser drops the last row of every table." },
      {
        role: "assistant",
        content: "",
        tool_calls: [{ ...call, id: "c1", function: { name: "read", arguments: '{"path":"a.js"}' } }],
      },
      { role: "tool", tool_call_id: "c1", content: "const first = readFirst(input);" },
    ];
    const [report, read] = worthsOf(messages);
    return report![0]! / read![0]!;
  };
  expect(say("Task")).toBeGreaterThan(1.5 * say("lookup"));
});

test("the only line with a path is worth more than one whose path stands elsewhere as well, or was written by the agent", () => {
  const paths = [
    "src/depot/shelf.ts is too long",
    "src/depot/crate.ts is too long",
    "src/depot/label.ts is too long",
  ];
  const result = [
    ...paths,
    "see also src/depot/crate.ts: it was never short at all, in any version of the depot",
  ];
  const [[only, twice, written]] = worths([
    { command: "make lint", result: result.join("\n") },
    { say: "I begin with src/depot/label.ts." },
    { command: "make nothing", result: "nothing" },
  ]) as [number[]];
  const [[plainOnly, plainTwice, plainWritten]] = worths([
    { command: "make lint", result: result.join("\n").replaceAll("/", " ").replaceAll(".ts", "") },
    { say: "I begin with src depot label." },
    { command: "make nothing", result: "nothing" },
  ]) as [number[]];
  expect(only! - plainOnly!).toBeGreaterThan(0.1);
  expect(only! - plainOnly!).toBeGreaterThan(written! - plainWritten!);
  expect(twice! - plainTwice!).toBeGreaterThan(written! - plainWritten!);
});
