import { describe, expect, test } from "vitest";
import { formats } from "../../src/formats/index.ts";
import { parseJson } from "../../src/jsonl/json.ts";
import { sessions } from "./sessions.ts";
import { detect } from "./transcripts.ts";

describe.each(Object.entries(sessions))("no record of a %s session", (name, { records }) => {
  test("has a sign that only another format has", () => {
    for (const record of records) {
      const json = parseJson(Buffer.from(JSON.stringify(record)));
      const others = formats.filter((format) => format.name !== name && format.recognise(json) !== undefined);
      expect(others.map((format) => format.name)).toEqual([]);
    }
  });
});

describe("the reason names the sign and its line:", () => {
  test.each([
    [
      "claude-code",
      [{ type: "summary", summary: "x", leafUuid: "u" }],
      "`summary` with `leafUuid` in line 1",
    ],
    [
      "claude-code",
      [{ type: "unheard-of" }, { type: "user", sessionId: "s", parentUuid: null, message: {} }],
      "`parentUuid` beside `sessionId` in line 2",
    ],
    ["codex", [{ timestamp: "t", type: "event_msg", payload: {} }], "`event_msg` with a payload in line 1"],
    [
      "codex",
      [{ id: "s", timestamp: "t", instructions: null, git: null }],
      "a legacy header with `id` and `timestamp` in line 1",
    ],
    [
      "codex",
      [{ id: "s", timestamp: "t", instructions: null }],
      "a legacy header with `id` and `timestamp` in line 1",
    ],
    ["pi", [{ type: "session", id: "s", cwd: "/project" }], "a `session` header with `cwd` in line 1"],
    [
      "pi",
      [{ type: "message", message: { role: "toolResult" } }],
      "a message with role `toolResult` in line 1",
    ],
    [
      "anthropic-messages",
      [
        { role: "user", content: "task" },
        { role: "assistant", content: [{ type: "tool_use" }] },
      ],
      "a message with a `tool_use` part in line 2",
    ],
    [
      "openai-responses",
      [
        { role: "user", content: "task" },
        { type: "function_call", call_id: "c" },
      ],
      "a `function_call` item in line 2",
    ],
    [
      "openai-responses",
      [{ type: "message", role: "user", content: [{ type: "input_text", text: "task" }] }],
      "an `input_text` part in line 1",
    ],
    [
      "openai-chat",
      [
        { role: "user", content: "a" },
        { role: "assistant", content: "b" },
      ],
      "a message with role `user` in line 1",
    ],
    [
      "openai-chat",
      [
        { role: "user", content: "a" },
        { role: "tool", content: "b" },
      ],
      "a message with role `tool` in line 2",
    ],
    [
      "openai-requests",
      [{ messages: [{ role: "system", content: "x" }] }],
      "`messages` with a message with role `system` in line 1",
    ],
    [
      "anthropic-requests",
      [{ messages: [{ role: "user", content: "x" }], tools: [{ name: "Bash", input_schema: {} }] }],
      "`messages` with a tool with `input_schema` in line 1",
    ],
  ])("%s %j", (name, records, reason) => {
    expect(detect(records)).toEqual({ name, reason });
  });
});

describe("what several formats share", () => {
  const text = { role: "user", content: [{ type: "text", text: "task" }] };

  test("is decided by the first line that only one of them writes", () => {
    const tail = { role: "user", content: [{ type: "tool_result", tool_use_id: "c", content: "x" }] };
    expect(detect([text, text, tail])?.name).toBe("anthropic-messages");
    expect(detect([{ messages: [text] }, { messages: [tail] }])?.name).toBe("anthropic-requests");
  });

  test("is read as OpenAI's where no line decides", () => {
    expect(detect([text, text])?.name).toBe("openai-chat");
    expect(detect([{ messages: [text] }])?.name).toBe("openai-requests");
  });

  test("is not looked for beyond the first 50 lines", () => {
    const decisive = { role: "tool", content: "x" };
    const head = Array(50).fill({ type: "unheard-of" });
    expect(detect([...head.slice(1), decisive])?.name).toBe("openai-chat");
    expect(detect([...head, decisive])).toBeUndefined();
  });

  test("does not count lines that are not JSON", () => {
    expect(detect(["", "torn {", ...Array(49).fill("x"), { role: "tool", content: "x" }])?.name).toBe(
      "openai-chat",
    );
  });
});

test("bare items below the header of a legacy Codex file do not make it a file of Responses items", () => {
  const items = sessions["openai-responses"]!.records;
  expect(detect(items)?.name).toBe("openai-responses");
  expect(detect([{ id: "s", timestamp: "t", instructions: "x" }, ...items])?.name).toBe("codex");
});

describe("is not taken for any format:", () => {
  test.each([
    ["an empty list of messages", { messages: [] }],
    [
      "a list that holds more than messages",
      { messages: [{ role: "user", content: "x" }, { event: "ping" }] },
    ],
    ["an export of a chat site", { title: "x", mapping: { a: { message: { role: "user" } } } }],
    ["a ShareGPT conversation", { conversations: [{ from: "human", value: "x" }] }],
    ["a trajectory whose texts have another name", { trajectory: [{ role: "ai", text: "x" }] }],
    ["a request for embeddings", { model: "m", input: ["one", "two"] }],
    ["a headless stream", { type: "system", subtype: "init", session_id: "s" }],
    ["an event of `codex exec`", { type: "item.completed", item: { type: "reasoning", text: "x" } }],
    ["an OpenAI response", { id: "r", object: "response", output: [{ type: "message", content: [] }] }],
    ["a LangChain message", { type: "human", data: { content: "x" } }],
    ["a Cursor message", { role: "user", message: { content: [] } }],
    ["a number", 7],
    ["a log line", { level: "info", message: "started" }],
  ])("%s", (_what, record) => {
    expect(detect([record])).toBeUndefined();
  });
});
