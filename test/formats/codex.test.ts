import { describe, expect, test } from "vitest";
import { applyUndo, compact } from "../../src/index.ts";
import {
  context,
  detect,
  differences,
  jsonl,
  liveLines,
  output,
  read,
  sidecars,
  tell,
} from "./transcripts.ts";

const line = (type: string, payload: object, more: object = {}) => ({
  timestamp: "2026-01-02T03:04:05.000Z",
  ...more,
  type,
  payload,
});
const item = (payload: object) => line("response_item", payload);
const meta = line("session_meta", { id: "s", cwd: "/project" });
const user = (text: string) => ({ type: "message", role: "user", content: [{ type: "input_text", text }] });
const assistant = (text: string) => ({
  type: "message",
  role: "assistant",
  content: [{ type: "output_text", text }],
});
const call = (id: string, command = `run ${id}`) => ({
  type: "function_call",
  name: "shell",
  arguments: JSON.stringify({ command: ["bash", "-lc", command] }),
  call_id: id,
});
const result = (id: string, text: unknown) => ({ type: "function_call_output", call_id: id, output: text });

describe("what is still sent", () => {
  test("is every item, in envelopes", () => {
    const transcript = read([
      meta,
      item(user("task")),
      item(call("c")),
      item(result("c", "out")),
      item(assistant("done")),
    ]);
    expect(context(transcript)).toEqual([
      "user text: task",
      'assistant call: shell {"command":["bash","-lc","run c"]}',
      "tool result: out",
      "assistant text: done",
    ]);
  });

  test("begins with the instructions of the session, also behind a compaction", () => {
    const instructed = line("session_meta", { id: "s", base_instructions: { text: "You are Codex." } });
    const compacted = line("compacted", { message: "", replacement_history: [user("summary of it all")] });
    const transcript = read([instructed, item(user("task")), compacted]);
    expect(context(transcript)).toEqual(["system text: You are Codex.", "user text: summary of it all"]);
  });

  test("is every bare item of a legacy file, whose header and states are no items", () => {
    const header = { id: "s", timestamp: "2025-06-01T00:00:00.000Z", instructions: null, git: {} };
    const records = [header, { record_type: "state" }, user("task"), call("c"), result("c", "out")];
    expect(detect(records)?.name).toBe("codex");
    const transcript = read(records);
    expect(liveLines(transcript)).toEqual([3, 4, 5]);
    expect(transcript.observations.map(tell)).toEqual([
      { toolName: "shell", target: "run c", outcome: "ran", texts: ["out"] },
    ]);
  });

  test("begins with the replacement history of the newest compaction", () => {
    const transcript = read([
      meta,
      item(user("long ago")),
      item(call("c")),
      item(result("c", "dead copy")),
      line("compacted", {
        message: "",
        replacement_history: [user("kept"), call("c"), result("c", "live copy")],
      }),
      item(assistant("going on")),
    ]);
    expect(context(transcript)).toEqual([
      "user text: kept",
      'assistant call: shell {"command":["bash","-lc","run c"]}',
      "tool result: live copy",
      "assistant text: going on",
    ]);
    expect(transcript.observations.map(({ live, call }) => [live, call?.live])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  test("is the user messages and the summary after a compaction without replacement history", () => {
    const transcript = read([
      meta,
      item(user("task")),
      item(call("c")),
      item(result("c", "dead")),
      item(assistant("dead too")),
      line("compacted", { message: "what happened so far" }),
      item(assistant("going on")),
    ]);
    expect(context(transcript)).toEqual([
      "user text: task",
      "user summary: what happened so far",
      "assistant text: going on",
    ]);
  });

  test("loses the turns that were rolled back; what the client writes itself begins none", () => {
    const transcript = read([
      meta,
      item(user("one")),
      item(assistant("first")),
      item(user("two")),
      item(user("<environment_context>\n  <cwd>/project</cwd>")),
      item(assistant("second")),
      line("event_msg", { type: "thread_rolled_back", num_turns: 1 }),
      item(user("two again")),
    ]);
    expect(liveLines(transcript)).toEqual([2, 3, 8]);
  });

  test("survives a rollback of more turns than there are", () => {
    const transcript = read([
      meta,
      item(user("one")),
      line("event_msg", { type: "thread_rolled_back", num_turns: 5 }),
      item(user("anew")),
    ]);
    expect(liveLines(transcript)).toEqual([4]);
  });
});

describe("outputs", () => {
  const observe = (text: unknown) =>
    read([meta, item(call("c")), item(result("c", text))]).observations.map(tell);

  test("may be JSON inside a string: the inner output is the text, the exit code the outcome", () => {
    expect(
      observe('{"output":"Success.\\nM a.ts\\n","metadata":{"exit_code":0,"duration_seconds":0.1}}'),
    ).toEqual([{ toolName: "shell", target: "run c", outcome: "ok", texts: ["Success.\nM a.ts\n"] }]);
    expect(observe('{"output":"no","metadata":{"exit_code":2}}')[0]?.outcome).toBe("exit 2");
  });

  test("that only look like JSON are plain text", () => {
    expect(observe('{"output": broken')[0]?.texts).toEqual(['{"output": broken']);
    expect(observe('{"output":{"not":"a string"}}')[0]?.texts).toEqual(['{"output":{"not":"a string"}}']);
  });

  test("may be a list of texts and pictures", () => {
    const transcript = read([
      meta,
      item(call("c")),
      item(
        result("c", [
          { type: "input_text", text: "one" },
          { type: "input_image", image_url: "data:x" },
        ]),
      ),
    ]);
    expect(transcript.observations[0]?.blocks.map(({ text }) => text)).toEqual(["one"]);
    expect(transcript.blocks.filter(({ kind }) => kind === "image")).toHaveLength(1);
  });

  test("may be an object that says how it ended", () => {
    expect(observe({ content: "done", success: true })[0]).toMatchObject({ outcome: "ok", texts: ["done"] });
    expect(observe({ content: "no", success: false })[0]?.outcome).toBe("failed");
  });

  test("say in their header how the command ended", () => {
    expect(observe("Exit code: 0\nWall time: 0.1 seconds\nOutput:\nx")[0]?.outcome).toBe("ok");
    expect(observe("Exit code: 101\nWall time: 0.1 seconds\nOutput:\nx")[0]?.outcome).toBe("exit 101");
  });

  test("of a patch name the files of the patch as target", () => {
    const patch = "*** Begin Patch\n*** Update File: src/a.ts\n@@\n-x\n+y\n*** End Patch";
    const { observations } = read([
      meta,
      item({ type: "custom_tool_call", call_id: "p", name: "apply_patch", input: patch }),
      item({
        type: "custom_tool_call_output",
        call_id: "p",
        output: '{"output":"Success.","metadata":{"exit_code":0}}',
      }),
    ]);
    expect(observations.map(tell)).toEqual([
      { toolName: "apply_patch", target: "src/a.ts", outcome: "ok", texts: ["Success."] },
    ]);
  });
});

test("copies stand in the events that repeat an output, and in no other", () => {
  const long = output(1);
  const transcript = read([
    meta,
    line("event_msg", { type: "exec_command_end", aggregated_output: long, formatted_output: long }),
    line("event_msg", {
      type: "item_completed",
      item: { type: "McpToolCall", result: { content: [{ text: long }] } },
    }),
    line("event_msg", { type: "user_message", message: long }),
    line("event_msg", { type: "item_completed", item: { type: "AgentMessage", text: long } }),
    line("turn_context", { user_instructions: long }),
  ]);
  expect(sidecars(transcript)).toEqual([long, long, long]);
});

test("reasoning shows its summary; what is encrypted stays closed", () => {
  const transcript = read([
    meta,
    item({
      type: "reasoning",
      summary: [{ type: "summary_text", text: "thinking of it" }],
      content: null,
      encrypted_content: "gAAAA",
    }),
  ]);
  expect(context(transcript)).toEqual(["assistant thinking: thinking of it"]);
  expect(transcript.blocks.find(({ kind }) => kind === "opaque")?.tier).toBe("never");
});

test("ordinals, floats and the outer JSON of a nested output stay as they were written", () => {
  const nested = JSON.stringify({ output: output(1), metadata: { exit_code: 0, duration_seconds: 0.1 } });
  const records = [
    meta,
    ...Array.from({ length: 12 }, (_, n) => [
      line("response_item", call(`c${n}`), { ordinal: 2 * n }),
      line("response_item", result(`c${n}`, nested), { ordinal: 2 * n + 1 }),
    ]).flat(),
  ].map((record) => JSON.stringify(record).replace('"timestamp"', '"used_percent": 22.0,"timestamp"'));
  const source = jsonl(records);
  const { chunks, undo } = compact(source, { preset: "mask" });
  const after = Buffer.concat([...chunks()]).toString();
  const cut = after.split("\n").filter((text, i) => i < records.length && text !== records[i]);
  expect(cut).toHaveLength(2);
  for (const text of cut) {
    expect(text).toMatch(/^\{"used_percent": 22\.0,"timestamp":"[^"]+","ordinal":\d+,/);
    const inner = JSON.parse(JSON.parse(text).payload.output);
    expect(differences(JSON.parse(nested), inner)).toEqual(["$.output"]);
    expect(inner.output).toMatch(/^\[compact get [0-9a-f]{8}: ok, 30 lines, \d+ tokens\]$/);
  }
  expect(applyUndo(Buffer.from(after), undo!.splices).equals(source)).toBe(true);
});
