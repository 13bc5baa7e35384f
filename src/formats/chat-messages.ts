// In: the messages of one OpenAI chat, in order. Out: their blocks. Ids, arguments and whatever providers add to a message are
// left alone.
import type { JsonNode } from "../jsonl/json-node.ts";
import { parseCutText } from "../transcript/marker.ts";
import type { Entry, Role } from "../transcript/types.ts";
import type { TranscriptBuilder } from "./builder.ts";

export const CHAT_ROLES: ReadonlySet<string> = new Set([
  "system",
  "developer",
  "user",
  "assistant",
  "tool",
  "function",
]);

/** Roles that other APIs do not have, or not among the messages. */
const OWN_ROLES: ReadonlySet<string> = new Set(["developer", "tool", "function"]);

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

/** Why a record can only be a message of this API, as a phrase. */
export function chatSign(record: JsonNode): string | undefined {
  const role = record.text("role") ?? "";
  if (OWN_ROLES.has(role) && hasContent(record)) return `a message with role \`${role}\``;
  const hasCalls =
    record.get("tool_calls")?.type === "array" || record.get("function_call")?.type === "object";
  return role === "assistant" && hasCalls ? "a message with calls" : undefined;
}

/** The same for text alone, which looks alike in all APIs: this one reads it as well as any. */
export function weakChatSign(record: JsonNode): string | undefined {
  const role = record.text("role") ?? "";
  return CHAT_ROLES.has(role) && hasContent(record) ? `a message with role \`${role}\`` : undefined;
}

function hasContent(message: JsonNode): boolean {
  return message.get("type") === undefined && message.get("content") !== undefined;
}

/** Reads one conversation: what a user message is depends on the messages before it. */
export class ChatReader {
  private readonly builder: TranscriptBuilder;
  private userMessages = 0;
  /** Content of the newest assistant message. */
  private command: JsonNode | undefined;

  constructor(builder: TranscriptBuilder) {
    this.builder = builder;
  }

  read(entry: Entry, message: JsonNode): void {
    const { builder } = this;
    const role = message.text("role");
    const content = message.get("content");
    if (role === "assistant") {
      readAssistant(entry, message, builder);
      this.command = content;
    } else if (role === "tool" || role === "function") {
      const toolName = message.text("name");
      const callId = message.text("tool_call_id") ?? functionCallId(toolName);
      builder.result(entry, callId, textParts(entry, content, "tool", builder), { toolName });
    } else if (role === "user" && this.userMessages++ > 0 && isObservation(content)) {
      readTextObservation(entry, content, this.command, builder);
    } else {
      const writer = role === "user" ? "user" : "system";
      for (const { node } of textParts(entry, content, writer, builder)) builder.text(entry, node, writer);
    }
  }
}

/** What providers put beside thinking that has to come back as it was; without it, it is text like any other. */
const SIGNED = ["reasoning_details", "thinking_blocks", "signature", "reasoning_signature", "extra_content"];

function readAssistant(entry: Entry, message: JsonNode, builder: TranscriptBuilder): void {
  const thinking = builder.text(entry, message.get("reasoning_content"), "assistant", "thinking");
  if (thinking !== undefined && !SIGNED.some((name) => message.get(name))) thinking.tier = "careful";
  for (const { node } of textParts(entry, message.get("content"), "assistant", builder))
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
  writer: Role,
  builder: TranscriptBuilder,
): { node: JsonNode }[] {
  if (content?.type === "string") return [{ node: content }];
  const texts: { node: JsonNode }[] = [];
  for (const part of content?.items ?? []) {
    const text = part.get("text");
    if (text?.type === "string") texts.push({ node: text });
    else builder.opaque(entry, part, writer, part.get("image_url") ? "image" : "opaque");
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
