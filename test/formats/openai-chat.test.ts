import { describe, expect, test } from "vitest";
import { context, read, tell } from "./transcripts.ts";

const user = (content: unknown) => ({ role: "user", content });
const assistant = (content: unknown, more: object = {}) => ({ role: "assistant", content, ...more });
const calling = (id: string, name: string, input: string) => ({
  tool_calls: [{ id, type: "function", function: { name, arguments: input } }],
});

test("content may be a list of parts: texts are read, pictures left alone", () => {
  const transcript = read([
    user([
      { type: "text", text: "look" },
      { type: "image_url", image_url: { url: "data:x" } },
    ]),
    assistant([{ type: "text", text: "a cat" }], calling("c", "draw", "{}")),
    {
      role: "tool",
      tool_call_id: "c",
      content: [
        { type: "text", text: "one" },
        { type: "text", text: "two" },
      ],
    },
  ]);
  expect(context(transcript)).toEqual([
    "user text: look",
    "assistant text: a cat",
    "assistant call: draw {}",
    "tool result: one",
    "tool result: two",
  ]);
  expect(transcript.blocks.filter(({ kind }) => kind === "image")).toHaveLength(1);
  expect(transcript.observations).toHaveLength(1);
});

test("null is the same as absent: datasets pad with it", () => {
  const nulls = { tool_calls: null, function_call: null, name: null, tool_call_id: null };
  const transcript = read([
    { ...nulls, role: "user", content: "task" },
    { ...nulls, role: "assistant", content: null, ...calling("c", "shell", '{"command":"ls"}') },
    { ...nulls, role: "tool", content: "a.ts", tool_call_id: "c" },
    { ...nulls, role: "assistant", content: "done" },
  ]);
  expect(transcript.observations.map(tell)).toEqual([
    { toolName: "shell", target: "ls", outcome: "ran", texts: ["a.ts"] },
  ]);
  expect(context(transcript)).toHaveLength(4);
});

test("reasoning beside the content is thinking", () => {
  const transcript = read([user("task"), assistant("answer", { reasoning_content: "hm" }), user("more")]);
  expect(context(transcript)).toContain("assistant thinking: hm");
});

describe("results of legacy functions, which have no ids,", () => {
  test("answer the newest call of that name before them", () => {
    const legacy = (path: string) =>
      assistant(null, { function_call: { name: "read", arguments: JSON.stringify({ path }) } });
    const answer = (content: string) => ({ role: "function", name: "read", content });
    const { observations } = read([
      user("task"),
      legacy("a.ts"),
      answer("text of a"),
      legacy("b.ts"),
      answer("text of b"),
    ]);
    expect(observations.map(tell)).toMatchObject([
      { toolName: "read", target: "a.ts", texts: ["text of a"] },
      { toolName: "read", target: "b.ts", texts: ["text of b"] },
    ]);
  });
});

test("an id that a provider uses again belongs to the newest call before the result", () => {
  const { observations } = read([
    user("task"),
    assistant(null, calling("call_0", "shell", '{"command":"first"}')),
    { role: "tool", tool_call_id: "call_0", content: "1" },
    assistant(null, calling("call_0", "shell", '{"command":"second"}')),
    { role: "tool", tool_call_id: "call_0", content: "2" },
  ]);
  expect(observations.map(({ target }) => target)).toEqual(["first", "second"]);
});

describe("agents without a tool interface", () => {
  const command = (text: string) => assistant(`THOUGHT: let me look\n\n\`\`\`bash\n${text}\n\`\`\``);

  test.each([
    ["mini-swe-agent", "<returncode>0</returncode>\n<output>\na.ts\n</output>", "ok"],
    ["mini-swe-agent", "<returncode>2</returncode>\n<output>\nno\n</output>", "exit 2"],
    ["SWE-agent", "OBSERVATION:\na.ts\n(Open file: n/a)", "ran"],
    ["OpenHands", "EXECUTION RESULT of [execute_bash]:\na.ts", "ran"],
  ])("of %s put results into user messages: %j", (_harness, text, outcome) => {
    const transcript = read([user("task"), command("ls"), user(text)]);
    expect(transcript.observations.map(tell)).toEqual([
      { toolName: "shell", target: "ls", outcome, texts: [text] },
    ]);
    expect(transcript.entries.map(({ turn }) => turn)).toEqual([1, 1, 1]);
  });

  test("give their first user message as the task, whatever it looks like", () => {
    const task = "OBSERVATION:\nthis is the task";
    expect(context(read([user(task), command("ls")]))[0]).toBe(`user text: ${task}`);
  });

  test("may have results cut already: the marker says what they were", () => {
    const marker = "[compact get 0123abcd: exit 2, 12 lines, 345 tokens]";
    const transcript = read([user("task"), command("ls"), user(marker)]);
    expect(transcript.observations[0]).toMatchObject({ outcome: "exit 2", target: "ls" });
    expect(transcript.observations[0]?.blocks[0]?.settled).toBe(true);
  });
});

test("each user message begins a turn, each answer a step", () => {
  const { entries } = read([
    { role: "system", content: "be brief" },
    user("one"),
    assistant("first", calling("c", "shell", "{}")),
    { role: "tool", tool_call_id: "c", content: "out" },
    assistant("second"),
    user("two"),
    assistant("third"),
  ]);
  expect(entries.map(({ turn, step }) => [turn, step])).toEqual([
    [0, 0],
    [1, 0],
    [1, 1],
    [1, 1],
    [1, 2],
    [2, 2],
    [2, 3],
  ]);
});
