// In: one item of OpenAI's Responses API. Out: its blocks. Codex rollouts hold the same items in envelopes. Never touches
// arguments, ids, or what the provider encrypted.
import type { JsonNode } from "../jsonl/json-node.ts";
import { innerStringNode } from "../jsonl/offsets.ts";
import type { Entry, Role } from "../transcript/types.ts";
import type { TranscriptBuilder } from "./builder.ts";
import type { ResultFlags } from "./observed-outcome.ts";

const CALLS: ReadonlySet<string> = new Set([
  "function_call",
  "custom_tool_call",
  "local_shell_call",
  "shell_call",
  "apply_patch_call",
]);
const OUTPUTS: ReadonlySet<string> = new Set([
  "function_call_output",
  "custom_tool_call_output",
  "local_shell_call_output",
  "shell_call_output",
  "apply_patch_call_output",
]);

/** Tools that run at the provider: call and result are one item. The members in which they stand. */
const HOSTED_TOOLS: ReadonlyMap<string, { readonly input: string; readonly output: string }> = new Map([
  ["mcp_call", { input: "arguments", output: "output" }],
  ["code_interpreter_call", { input: "code", output: "outputs" }],
  ["file_search_call", { input: "queries", output: "results" }],
]);

/** Items that are recognised and stay as they are. */
const OPAQUE_ITEMS: ReadonlySet<string> = new Set([
  "web_search_call",
  "computer_call",
  "computer_call_output",
  "image_generation_call",
  "mcp_list_tools",
  "mcp_approval_request",
  "mcp_approval_response",
  "item_reference",
]);

/** Parts of a message that no other API has. */
const MESSAGE_PARTS: ReadonlySet<string> = new Set([
  "input_text",
  "output_text",
  "input_image",
  "input_file",
]);

/** Members of a part of an output that hold text. */
const OUTPUT_TEXTS: readonly string[] = ["text", "stdout", "stderr", "logs"];

const ROLES: ReadonlyMap<string, Role> = new Map([
  ["assistant", "assistant"],
  ["user", "user"],
]);

/** Whether a record can only be an item of this API: what gives it away, as a phrase. */
export function itemSign(record: JsonNode): string | undefined {
  const type = record.text("type") ?? "";
  if (CALLS.has(type) || OUTPUTS.has(type)) {
    return record.text("call_id") === undefined ? undefined : `a \`${type}\` item`;
  }
  if (HOSTED_TOOLS.has(type) || OPAQUE_ITEMS.has(type)) return `a \`${type}\` item`;
  if (type === "reasoning" && record.get("summary")?.type === "array") return "a `reasoning` item";
  const part = record.get("content")?.items.find((part) => MESSAGE_PARTS.has(part.text("type") ?? ""));
  return record.text("role") && part !== undefined ? `an \`${part.text("type")}\` part` : undefined;
}

/** @returns whether the record is an item at all; what has neither type nor role is a header or a state of a client */
export function readItem(entry: Entry, item: JsonNode, builder: TranscriptBuilder): boolean {
  const role = item.text("role");
  const type = item.text("type") ?? (role === undefined ? "" : "message");
  const hosted = HOSTED_TOOLS.get(type);
  if (type === "message") readMessage(entry, item, ROLES.get(role ?? "") ?? "system", builder);
  else if (type === "reasoning") {
    for (const part of item.get("summary")?.items ?? [])
      builder.text(entry, part.get("text"), "assistant", "thinking");
    const encrypted = item.get("encrypted_content");
    if (encrypted?.type === "string") builder.opaque(entry, encrypted, "assistant");
  } else if (CALLS.has(type)) {
    const input = item.get("arguments") ?? item.get("input") ?? item.get("action") ?? item.get("operation");
    const id = item.text("call_id") ?? item.text("id");
    builder.call(entry, input ?? item, { id, name: item.text("name") ?? type, input });
  } else if (OUTPUTS.has(type)) {
    readOutput(entry, item, builder);
  } else if (hosted !== undefined) {
    const input = item.get(hosted.input);
    const id = item.text("id");
    builder.call(entry, input ?? item, { id, name: item.text("name") ?? type, input });
    const failed = item.text("error") !== undefined || item.text("status") === "failed" ? true : undefined;
    builder.result(entry, id, outputTexts(entry, item.get(hosted.output), builder), { failed });
  } else if (type.length > 0) builder.opaque(entry, item, "assistant");
  return type.length > 0;
}

function readMessage(entry: Entry, item: JsonNode, role: Role, builder: TranscriptBuilder): void {
  const content = item.get("content");
  builder.text(entry, content, role);
  for (const part of content?.items ?? []) {
    const text = part.get("text");
    if (text?.type === "string") builder.text(entry, text, role);
    else builder.opaque(entry, part, "user", part.get("image_url") ? "image" : "opaque");
  }
}

/** An output is a string, a JSON string inside a string, an object with `content`, or a list of parts. */
function readOutput(entry: Entry, item: JsonNode, builder: TranscriptBuilder): void {
  const output = item.get("output");
  const callId = item.text("call_id");
  const nested = output?.type === "string" ? innerStringNode(output.text() ?? "", "output") : undefined;
  if (output !== undefined && nested !== undefined) {
    const exitCode = exitCodeOf(nested.object.get("metadata", "exit_code"));
    const inner = { start: nested.node.start, end: nested.node.end };
    builder.result(entry, callId, [{ node: output, inner }], { exitCode });
    return;
  }
  const holder = output?.type === "object" ? output.get("content") : output;
  const flags: ResultFlags = {
    failed: item.text("status") === "failed" ? true : failedFlag(output?.get("success")),
    exitCode: worstExitCode(holder),
  };
  builder.result(entry, callId, outputTexts(entry, holder, builder), flags);
}

function outputTexts(
  entry: Entry,
  output: JsonNode | undefined,
  builder: TranscriptBuilder,
): { node: JsonNode }[] {
  if (output?.type === "string") return [{ node: output }];
  return (output?.items ?? []).flatMap((part) => {
    const texts = OUTPUT_TEXTS.flatMap((name) => {
      const node = part.get(name);
      return node?.type === "string" ? [{ node }] : [];
    });
    if (texts.length === 0) builder.opaque(entry, part, "tool", part.get("image_url") ? "image" : "opaque");
    return texts;
  });
}

function failedFlag(success: JsonNode | undefined): boolean | undefined {
  if (success?.type === "true") return false;
  return success?.type === "false" ? true : undefined;
}

function exitCodeOf(node: JsonNode | undefined): number | undefined {
  return node?.type === "number" ? Number(node.raw) : undefined;
}

/** Of an output with a part for each command: the first code that is not 0. */
function worstExitCode(output: JsonNode | undefined): number | undefined {
  const codes = (output?.items ?? []).flatMap((part) => exitCodeOf(part.get("outcome", "exit_code")) ?? []);
  return codes.find((code) => code !== 0) ?? codes[0];
}
