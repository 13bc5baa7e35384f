// In: randomness. Out: transcripts of each format, as a harness might write them on a bad day: nasty strings, JSON in mixed
// styles, torn and blank lines, records of unknown types. Arbitraries for fast-check.
import fc from "fast-check";
import { RawJson, styledJson } from "./json-style.ts";

/** What tools print, and what could trip a cutter of lines. */
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      "",
      "import os",
      "    return value",
      "PASS  src/parser.test.ts (12 tests)",
      "src/app.ts:41: const port = 3000;",
    ),
  },
  { weight: 3, arbitrary: fc.string({ maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "trailing blanks  \t",
      "carriage return\r",
      "\u2028 separator \u2029",
      "emoji 👩‍👩‍👧 e\u0301",
      "\u0000\u001b[31mred\u001b[0m",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "Error: ECONNREFUSED 127.0.0.1:5432",
      "TypeError: x is undefined",
      "FAILED tests/test_a.py::test_b",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "[...12-52]",
      "[compact get 3f2a9c1b: ok, 41 lines, 612 tokens]",
      "[compact: copy removed]",
      "</script><!--",
    ),
  },
);
const longLine = fc
  .tuple(fc.constantFrom("x", "😀", "ab ", "\\", '"', "é"), fc.integer({ min: 700, max: 6000 }))
  .map(([unit, times]) => unit.repeat(times));

const text = fc
  .oneof(
    { weight: 8, arbitrary: fc.array(line, { maxLength: 12 }) },
    { weight: 3, arbitrary: fc.array(line, { minLength: 50, maxLength: 140 }) },
    { weight: 1, arbitrary: fc.array(fc.oneof(line, longLine), { minLength: 1, maxLength: 5 }) },
  )
  .map((lines) => lines.join("\n"));

const step = fc.record({
  say: fc.option(text, { freq: 4 }),
  think: fc.boolean(),
  calls: fc.array(
    fc.record({
      name: fc.constantFrom("Bash", "Read", "Edit", "__proto__"),
      target: fc.constantFrom("npm test", "src/app.ts", "compact get 3f2a9c1b", "grep -rn TODO"),
      failed: fc.boolean(),
      text,
      parts: fc.option(fc.array(text, { minLength: 1, maxLength: 3 }), { freq: 3 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  user: fc.option(text, { freq: 3 }),
  noise: fc.option(
    fc.constantFrom("", "{torn", '{"type":"unknown-thing","n":22.0}', '{"a":1}{"b":2}', "not json"),
    { freq: 4 },
  ),
});

const session = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 8 }),
  style: fc.array(fc.nat(20), { minLength: 1, maxLength: 9 }),
  eol: fc.constantFrom("\n", "\r\n"),
  hasFinalEol: fc.boolean(),
  hasMark: fc.boolean(),
});

/** Records with torn lines among them, joined to a file. */
function file(
  records: readonly unknown[],
  { style, eol, hasFinalEol, hasMark }: typeof session extends fc.Arbitrary<infer T> ? T : never,
): Buffer {
  const lines = records.map((record) => (typeof record === "string" ? record : styledJson(record, style)));
  return Buffer.from((hasMark ? "\ufeff" : "") + lines.join(eol) + (hasFinalEol ? eol : ""));
}

export const claudeCodeSession = session.map((options) => {
  const records: unknown[] = [];
  let parentUuid: string | null = null;
  let count = 0;
  const chain = (type: string, rest: object, parent = parentUuid) => {
    const uuid = `u${++count}`;
    records.push({ parentUuid: parent, isSidechain: false, sessionId: "s", type, uuid, ...rest });
    parentUuid = uuid;
    return uuid;
  };
  chain("user", { message: { role: "user", content: "do it" } });
  options.steps.forEach(({ say, think, calls, user, noise }, i) => {
    const id = `msg${i}`;
    const assistant = (content: object) =>
      chain("assistant", { message: { id, role: "assistant", content: [content] } });
    if (think) assistant({ type: "thinking", thinking: "hm", signature: "c2lnbmF0dXJl".repeat(30) });
    if (say !== null) assistant({ type: "text", text: say });
    const parents = calls.map((call, k) =>
      assistant({ type: "tool_use", id: `t${i}.${k}`, name: call.name, input: { command: call.target } }),
    );
    calls.forEach((call, k) => {
      const content = call.parts?.map((part) => ({ type: "text", text: part })) ?? call.text;
      const result = { type: "tool_result", tool_use_id: `t${i}.${k}`, content, is_error: call.failed };
      chain(
        "user",
        {
          message: { role: "user", content: [result] },
          toolUseResult: { stdout: call.text, n: new RawJson("22.0") },
        },
        parents[k]!,
      );
    });
    if (user !== null) chain("user", { message: { role: "user", content: user } });
    if (noise !== null) records.push(noise);
  });
  return file(records, options);
});

export const codexRollout = session.map((options) => {
  const records: unknown[] = [
    { timestamp: "t", ordinal: 0, type: "session_meta", payload: { id: "s", rate: new RawJson("22.0") } },
  ];
  const item = (payload: object, type = "response_item") =>
    records.push({ timestamp: "t", ordinal: records.length, type, payload });
  const message = (role: string, text: string) =>
    item({
      type: "message",
      role,
      content: [{ type: role === "assistant" ? "output_text" : "input_text", text }],
    });
  message("user", "do it");
  options.steps.forEach(({ say, think, calls, user, noise }, i) => {
    if (think)
      item({
        type: "reasoning",
        summary: [{ type: "summary_text", text: "hm" }],
        encrypted_content: "gAAAA".repeat(60),
      });
    if (say !== null) message("assistant", say);
    calls.forEach(({ name, target }, k) => {
      item({
        type: "function_call",
        name,
        arguments: JSON.stringify({ cmd: target }),
        call_id: `c${i}.${k}`,
      });
    });
    calls.forEach((call, k) => {
      const code = call.failed ? 1 : 0;
      const nested = styledJson(
        { output: call.text, metadata: { exit_code: code, duration_seconds: new RawJson("1.0") } },
        options.style,
      );
      const output =
        call.parts === null
          ? k % 2 === 0
            ? nested
            : `Exit code: ${code}\nOutput:\n${call.text}`
          : call.parts.map((part) => ({ type: "input_text", text: part }));
      item({ type: "function_call_output", call_id: `c${i}.${k}`, output });
      item({ type: "exec_command_end", call_id: `c${i}.${k}`, aggregated_output: call.text }, "event_msg");
    });
    if (user !== null) message("user", user);
    if (noise !== null) records.push(noise);
  });
  return file(records, options);
});

export const openaiChat = session.map((options) => {
  const records: unknown[] = [
    { role: "system", content: "You are an agent." },
    { role: "user", content: "do it" },
  ];
  options.steps.forEach(({ say, calls, user, noise }, i) => {
    const toolCalls = calls.map(({ name, target }, k) => ({
      id: `c${i}.${k}`,
      type: "function",
      function: { name, arguments: JSON.stringify({ command: target }) },
    }));
    records.push({
      role: "assistant",
      content: say,
      tool_calls: toolCalls,
      function_call: null,
      temperature: new RawJson("1.0"),
    });
    calls.forEach((call, k) => {
      const content =
        call.parts?.map((part) => ({ type: "text", text: part })) ??
        `${call.failed ? "Exit code: 1\n" : ""}${call.text}`;
      records.push({ role: "tool", tool_call_id: `c${i}.${k}`, content });
    });
    if (user !== null) records.push({ role: "user", content: user });
    if (noise !== null) records.push(noise);
  });
  return file(records, options);
});

export const transcripts: readonly (readonly [format: string, arbitrary: fc.Arbitrary<Buffer>])[] = [
  ["claude-code", claudeCodeSession],
  ["codex", codexRollout],
  ["openai-chat", openaiChat],
];
