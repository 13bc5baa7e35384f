// In: one line of a request log or a dataset. Out: the conversation in it, wherever the logger put it, and its blocks, each
// message an entry of its own. What stands beside the conversation, such as the response, is not context and stays.
import type { JsonNode } from "../jsonl/json-node.ts";
import { anthropicPart } from "./anthropic-content.ts";
import { readAnthropicMessage, readSystem } from "./anthropic-messages.ts";
import type { TranscriptBuilder } from "./builder.ts";
import { CHAT_ROLES, ChatReader, chatSign } from "./chat-messages.ts";
import type { ParsedLine } from "./format.ts";
import { itemSign, readItem } from "./responses-items.ts";

/** Where loggers put the body of a request: bare, in a proxy's record, in a line of a batch. */
const BODIES: readonly (readonly string[])[] = [[], ["request", "body"], ["request"], ["body"], ["params"]];

/** What the list of messages is called: by the APIs, and in datasets of trajectories. */
const LISTS: readonly string[] = ["messages", "traj", "conversations", "input"];

type Dialect = "anthropic" | "chat" | "responses";

interface Conversation {
  readonly body: JsonNode;
  /** Name of the list. */
  readonly name: string;
  readonly messages: readonly JsonNode[];
}

/** The first list in a record that holds messages and nothing else; undefined for records of any other kind. */
function conversationIn(record: JsonNode): Conversation | undefined {
  for (const path of BODIES) {
    const body = record.get(...path);
    for (const name of LISTS) {
      const messages = body?.get(name)?.items ?? [];
      if (body && messages.length > 0 && messages.every(isMessage)) return { body, name, messages };
    }
  }
  return undefined;
}

function isMessage(node: JsonNode): boolean {
  return CHAT_ROLES.has(node.text("role") ?? "") || itemSign(node) !== undefined;
}

/** Which API a conversation was meant for, and what says so; without a sign, chat, which reads text as well as any. */
function dialectOf({ body, name, messages }: Conversation): { dialect: Dialect; sign: string | undefined } {
  for (const message of messages) {
    const part = anthropicPart(message.get("content"));
    if (part !== undefined) return { dialect: "anthropic", sign: `a \`${part}\` part` };
  }
  if (body.get("tools")?.items.some((tool) => tool.get("input_schema"))) {
    return { dialect: "anthropic", sign: "a tool with `input_schema`" };
  }
  const system = body.get("system")?.type;
  if (name === "messages" && (system === "string" || system === "array")) {
    return { dialect: "anthropic", sign: "`system` beside the messages" };
  }
  for (const message of messages) {
    const sign = itemSign(message);
    if (sign !== undefined) return { dialect: "responses", sign };
  }
  for (const message of messages) {
    const sign = message.text("role") === "system" ? "a message with role `system`" : chatSign(message);
    if (sign !== undefined) return { dialect: "chat", sign };
  }
  return { dialect: "chat", sign: undefined };
}

/**
 * Why a record is a request of one of these APIs, as a phrase.
 *
 * @returns `sign` undefined where the record is a request that could be of any
 */
export function requestSign(record: JsonNode): { dialect: Dialect; sign: string | undefined } | undefined {
  const conversation = conversationIn(record);
  if (conversation === undefined) return undefined;
  const { dialect, sign } = dialectOf(conversation);
  return { dialect, sign: sign === undefined ? undefined : `\`${conversation.name}\` with ${sign}` };
}

/** Looks at each line for itself: a proxy may log more than one API. */
export function readRequests(lines: Iterable<ParsedLine>, builder: TranscriptBuilder): void {
  for (const { line, json } of lines) {
    const conversation = conversationIn(json);
    if (conversation === undefined) {
      builder.entry(line);
      continue;
    }
    const { body, messages } = conversation;
    const { dialect } = dialectOf(conversation);
    const chat = new ChatReader(builder);
    const instructions = body.get("system") ?? body.get("instructions");
    if (instructions !== undefined)
      readSystem(builder.entry(line, { span: instructions }), instructions, builder);
    for (const message of messages) {
      const entry = builder.entry(line, { span: message });
      if (dialect === "anthropic") readAnthropicMessage(entry, message, builder);
      else if (dialect === "responses") readItem(entry, message, builder);
      else chat.read(entry, message);
    }
  }
}
