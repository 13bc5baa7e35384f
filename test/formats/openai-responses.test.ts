import { describe, expect, test } from "vitest";
import { context, read, tell } from "./transcripts.ts";

const call = (id: string) => ({
  type: "function_call",
  call_id: id,
  name: "shell",
  arguments: '{"command":"ls"}',
});

test("reads messages with parts, with a string, and without a type", () => {
  const transcript = read([
    { type: "message", role: "developer", content: [{ type: "input_text", text: "be brief" }] },
    { role: "user", content: "task" },
    { type: "reasoning", summary: [{ type: "summary_text", text: "hm" }], encrypted_content: "gAAA" },
    { type: "message", role: "assistant", content: [{ type: "output_text", text: "done" }] },
    { type: "message", role: "user", content: [{ type: "input_image", image_url: "data:x" }] },
  ]);
  expect(context(transcript)).toEqual([
    "system text: be brief",
    "user text: task",
    "assistant thinking: hm",
    "assistant text: done",
  ]);
  expect(transcript.blocks.map(({ kind }) => kind)).toContain("image");
  expect(transcript.blocks.map(({ kind }) => kind)).toContain("opaque");
});

describe("outputs", () => {
  test("pair by call id, not by the id of the item", () => {
    const { observations } = read([
      { id: "c2", ...call("c1") },
      { ...call("c2"), arguments: '{"command":"pwd"}' },
      { type: "function_call_output", id: "c1", call_id: "c2", output: "/project" },
    ]);
    expect(observations.map(tell)).toEqual([
      { toolName: "shell", target: "pwd", outcome: "ran", texts: ["/project"] },
    ]);
  });

  test("of a shell come as parts: both streams are read, and the worst exit code counts", () => {
    const { observations } = read([
      { type: "shell_call", call_id: "s", action: { commands: ["make", "make test"] } },
      {
        type: "shell_call_output",
        call_id: "s",
        output: [
          { stdout: "built", stderr: "", outcome: { type: "exit", exit_code: 0 } },
          { stdout: "", stderr: "1 failed", outcome: { type: "exit", exit_code: 2 } },
        ],
      },
    ]);
    expect(observations.map(tell)).toMatchObject([
      { toolName: "shell_call", outcome: "exit 2", texts: ["built", "", "", "1 failed"] },
    ]);
  });

  test("of a patch say beside the text whether it failed", () => {
    const { observations } = read([
      {
        type: "apply_patch_call",
        call_id: "p",
        operation: { type: "update_file", path: "a.ts", diff: "@@" },
      },
      { type: "apply_patch_call_output", call_id: "p", status: "failed", output: "no such line" },
    ]);
    expect(observations.map(tell)).toEqual([
      { toolName: "apply_patch_call", target: "a.ts", outcome: "failed", texts: ["no such line"] },
    ]);
  });

  test("of tools that the provider runs stand in the item of the call", () => {
    const transcript = read([
      { type: "mcp_call", id: "m", name: "search", arguments: '{"query":"x"}', output: "found", error: null },
      { type: "mcp_call", id: "n", name: "search", arguments: "{}", output: "down", error: "timeout" },
      { type: "code_interpreter_call", id: "i", code: "print(1)", outputs: [{ type: "logs", logs: "1" }] },
      { type: "file_search_call", id: "f", queries: ["x"], results: [{ text: "one" }, { text: "two" }] },
      { type: "web_search_call", id: "w", status: "completed" },
    ]);
    expect(transcript.observations.map(tell)).toMatchObject([
      { toolName: "search", target: "x", outcome: "ran", texts: ["found"] },
      { toolName: "search", outcome: "failed", texts: ["down"] },
      { toolName: "code_interpreter_call", texts: ["1"] },
      { toolName: "file_search_call", texts: ["one", "two"] },
    ]);
    expect(transcript.entries.map(({ step }) => step)).toEqual([1, 1, 1, 1, 1]);
    expect(transcript.blocks.at(-1)).toMatchObject({ kind: "opaque", tier: "never" });
  });

  test("without a call in the file are observations without a call", () => {
    const { observations } = read([{ type: "function_call_output", call_id: "gone", output: "x" }]);
    expect(observations[0]).toMatchObject({ call: undefined, toolName: "unknown" });
  });
});
