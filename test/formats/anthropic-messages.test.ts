import { describe, expect, test } from "vitest";
import { context, read, tell } from "./transcripts.ts";

const user = (...content: object[]) => ({ role: "user", content });
const assistant = (...content: object[]) => ({ role: "assistant", content });
const text = (value: string) => ({ type: "text", text: value });
const call = (id: string, input: object = { command: `run ${id}` }) => ({
  type: "tool_use",
  id,
  name: "Bash",
  input,
});
const result = (id: string, content: unknown, more: object = {}) => ({
  type: "tool_result",
  tool_use_id: id,
  content,
  ...more,
});

test("reads the parts of messages in their order, results before text", () => {
  const transcript = read([
    { role: "user", content: "task" },
    assistant({ type: "thinking", thinking: "hm", signature: "c2ln" }, text("look"), call("c"), call("d")),
    user(result("c", "one"), result("d", [text("two"), text("three")]), text("go on")),
    { role: "assistant", content: "done" },
  ]);
  expect(context(transcript)).toEqual([
    "user text: task",
    "assistant thinking: hm",
    "assistant text: look",
    'assistant call: Bash {"command":"run c"}',
    'assistant call: Bash {"command":"run d"}',
    "tool result: one",
    "tool result: two",
    "tool result: three",
    "user text: go on",
    "assistant text: done",
  ]);
  expect(transcript.observations.map(tell)).toEqual([
    { toolName: "Bash", target: "run c", outcome: "ok", texts: ["one"] },
    { toolName: "Bash", target: "run d", outcome: "ok", texts: ["two", "three"] },
  ]);
  expect(transcript.entries.map(({ turn, step }) => [turn, step])).toEqual([
    [1, 0],
    [1, 1],
    [2, 1],
    [2, 2],
  ]);
});

describe("a result", () => {
  const outcomeOf = (content: string, more: object = {}) =>
    read([assistant(call("c")), user(result("c", content, more))]).observations[0]?.outcome;

  test("is an error where the message says so, with the exit code that its text names", () => {
    expect(outcomeOf("denied", { is_error: true })).toBe("failed");
    expect(outcomeOf("Exit code 3\nno", { is_error: true })).toBe("exit 3");
  });

  test("is good where the message says so, whatever its text", () => {
    expect(outcomeOf("Exit code 3\nfrom a log", { is_error: false })).toBe("ok");
  });

  test("is good where nothing is said, unless its text names an exit code", () => {
    expect(outcomeOf("found")).toBe("ok");
    expect(outcomeOf("<returncode>1</returncode>\nno")).toBe("exit 1");
  });

  test("may hold pictures, documents and nothing at all", () => {
    const transcript = read([
      assistant(call("c"), call("d")),
      user(
        result("c", [
          { type: "image", source: { type: "base64", data: "x" } },
          { type: "document", source: {} },
        ]),
        result("d", undefined),
      ),
    ]);
    expect(transcript.observations).toEqual([]);
    expect(transcript.blocks.map(({ kind }) => kind)).toEqual(["call", "call", "image", "opaque"]);
  });
});

test("what the provider encrypts, or runs itself, is left alone", () => {
  const { blocks } = read([
    assistant(
      { type: "redacted_thinking", data: "x" },
      { type: "server_tool_use", id: "w", name: "web_search", input: {} },
      { type: "web_search_tool_result", tool_use_id: "w", content: [{ encrypted_content: "x" }] },
    ),
  ]);
  expect(blocks.map(({ kind, tier }) => [kind, tier])).toEqual(Array(3).fill(["opaque", "never"]));
});

test("lines of one message that was logged in pieces are one step, those of the next another", () => {
  const { entries } = read([
    { id: "m1", ...assistant(text("look")) },
    { id: "m1", ...assistant(call("c")) },
    user(result("c", "out")),
    { id: "m2", ...assistant(text("half done")) },
    { id: "m3", ...assistant(text("done")) },
  ]);
  expect(entries.map(({ step }) => step)).toEqual([1, 1, 1, 2, 3]);
});
