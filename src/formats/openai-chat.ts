// In: OpenAI chat-completions messages, one a line. Out: its entries and blocks; every message is live. Ids, arguments and
// whatever providers add to a message are left alone.
import type { JsonNode } from "../jsonl/json.ts";
import { parseCutText } from "../transcript/marker.ts";
import type { Entry } from "../transcript/types.ts";
import type { TranscriptBuilder } from "./builder.ts";
import type { Format } from "./format.ts";

const ROLES: ReadonlySet<string> = new Set(["system", "developer", "user", "assistant", "tool", "function"]);

/** Content parts that only Anthropic messages have. */
const ANTHROPIC_PARTS: ReadonlySet<string> = new Set([
  "tool_use",
  "tool_result",
  "thinking",
  "redacted_thinking",
]);

/**
 * Agents without a tool interface put their observations into user messages. How those begin, by harness; the first user
 * message is the task and never one of them.
 */
const OBSERVATION_OPENINGS: readonly RegExp[] = [
  /^<returncode>/, // mini-swe-agent
  /^OBSERVATION:\n/, // SWE-agent
  /^EXECUTION RESULT of \[/, // OpenHands CodeAct
];

/** The command of such an agent: the last fenced block of its message. */
const LAST_FENCED_BLOCK = /```\w*\n((?:(?!```)[\s\S])*)\n```(?![\s\S]*```)/;

export const openaiChat: Format = {
  name: "openai-chat",
  description: "OpenAI chat messages, one message a line",

  recognise(record) {
    const role = record.text("role");
    if (role === undefined || !ROLES.has(role) || record.get("type")) return undefined;
    if (!record.get("content") && !record.get("tool_calls")) return undefined;
    const parts = record.get("content")?.items ?? [];
    if (parts.some((part) => ANTHROPIC_PARTS.has(part.text("type") ?? ""))) return undefined;
    return `a message with role \`${role}\``;
  },

  read(lines, builder) {
    let userMessages = 0;
    let command: JsonNode | undefined;
    for (const { line, json } of lines) {
      const entry = builder.entry(line);
      const role = json.text("role");
      const content = json.get("content");
      if (role === "assistant") {
        readAssistant(entry, json, builder);
        command = content;
      } else if (role === "tool" || role === "function") {
        const callId = json.text("tool_call_id") ?? functionCallId(json.text("name"));
        builder.result(entry, callId, textParts(entry, content, builder), { toolName: json.text("name") });
      } else if (role === "user" && userMessages++ > 0 && isObservation(content)) {
        readTextObservation(entry, content, command, builder);
      } else {
        const writer = role === "user" ? "user" : "system";
        for (const { node } of textParts(entry, content, builder)) builder.text(entry, node, writer);
      }
    }
  },
};

function readAssistant(entry: Entry, message: JsonNode, builder: TranscriptBuilder): void {
  builder.text(entry, message.get("reasoning_content"), "assistant", "thinking");
  for (const { node } of textParts(entry, message.get("content"), builder))
    builder.text(entry, node, "assistant");
  for (const call of message.get("tool_calls")?.items ?? []) {
    const input = call.get("function", "arguments") ?? call.get("custom", "input");
    const name = call.text("function", "name") ?? call.text("custom", "name") ?? "unknown";
    builder.call(entry, call, { id: call.text("id"), name, input });
  }
  const legacy = message.get("function_call");
  if (legacy?.type === "object") {
    const name = legacy.text("name") ?? "unknown";
    builder.call(entry, legacy, { id: functionCallId(name), name, input: legacy.get("arguments") });
  }
}

/** Legacy function calls have no id: a result answers the newest call of its name. */
function functionCallId(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `function_call ${name}`;
}

function textParts(
  entry: Entry,
  content: JsonNode | undefined,
  builder: TranscriptBuilder,
): { node: JsonNode }[] {
  if (content?.type === "string") return [{ node: content }];
  const texts: { node: JsonNode }[] = [];
  for (const part of content?.items ?? []) {
    const text = part.get("text");
    if (text?.type === "string") texts.push({ node: text });
    else builder.opaque(entry, part, "user", part.get("image_url") ? "image" : "opaque");
  }
  return texts;
}

function isObservation(content: JsonNode | undefined): content is JsonNode {
  const text = content?.text();
  if (text === undefined) return false;
  return OBSERVATION_OPENINGS.some((opening) => opening.test(text)) || parseCutText(text) !== undefined;
}

/** @param command the content of the assistant message that the observation answers */
function readTextObservation(
  entry: Entry,
  content: JsonNode,
  command: JsonNode | undefined,
  builder: TranscriptBuilder,
): void {
  const target = LAST_FENCED_BLOCK.exec(command?.text() ?? "")?.[1];
  builder.result(entry, undefined, [{ node: content }], { toolName: "shell", target });
}
