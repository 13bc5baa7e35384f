// The Anthropic Messages API, as Claude Code speaks it: POST /v1/messages, answered as server-sent events.
import { callId, events, type Item, type Provider, type Reply } from "./provider.ts";

/** A content block, as far as the tests look into it. */
export interface Block {
  type: string;
  text?: string;
  id?: string;
  name?: string;
  input?: unknown;
  tool_use_id?: string;
  content?: string | Block[];
  is_error?: boolean;
  cache_control?: unknown;
}

export interface Message {
  role: string;
  content: string | Block[];
}

export interface MessagesBody {
  model: string;
  messages: Message[];
  tools?: unknown[];
}

export function blocksOf(message: Message): Block[] {
  return typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content;
}

/** The text of a result, whether it came as one string or as a list of blocks. */
export function resultText(content: string | Block[] | undefined): string {
  if (content === undefined || typeof content === "string") return content ?? "";
  return content.map((block) => block.text ?? JSON.stringify(block)).join("\n");
}

function itemOf(role: string, block: Block): Item {
  if (block.type === "text") return { kind: "text", role, id: "", text: block.text ?? "" };
  if (block.type === "tool_use") {
    return { kind: "call", role, id: block.id ?? "", text: `${block.name} ${JSON.stringify(block.input)}` };
  }
  if (block.type === "tool_result") {
    return { kind: "result", role, id: block.tool_use_id ?? "", text: resultText(block.content) };
  }
  const { cache_control: _hint, ...rest } = block;
  return { kind: "other", role, id: "", text: JSON.stringify(rest) };
}

function stream(reply: Reply, promptTokens: number): string {
  const start = {
    id: `msg_${reply.turn}`,
    type: "message",
    role: "assistant",
    model: "claude-sonnet-4-5",
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: promptTokens, output_tokens: 1 },
  };
  const calls = reply.calls.flatMap((call, n) => {
    const id = callId("toolu", reply.turn, n);
    const block = { type: "tool_use", id, name: call.tool, input: {} };
    const delta = { type: "input_json_delta", partial_json: JSON.stringify(call.input) };
    return [
      { type: "content_block_start", index: n + 1, content_block: block },
      { type: "content_block_delta", index: n + 1, delta },
      { type: "content_block_stop", index: n + 1 },
    ];
  });
  const stop = { stop_reason: reply.calls.length > 0 ? "tool_use" : "end_turn", stop_sequence: null };
  return events([
    { type: "message_start", message: start },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: reply.text } },
    { type: "content_block_stop", index: 0 },
    ...calls,
    { type: "message_delta", delta: stop, usage: { output_tokens: 20 } },
    { type: "message_stop" },
  ] as { type: string }[]);
}

function emptyTexts(message: Message, at: string): string[] {
  const blocks = blocksOf(message);
  if (blocks.length === 0) return [`${at}: no content`];
  const nested = blocks.flatMap((block) => (Array.isArray(block.content) ? block.content : []));
  const empty = [...blocks, ...nested].filter((block) => block.type === "text" && !block.text?.trim());
  const emptyResults = blocks.filter(
    (block) => block.type === "tool_result" && !resultText(block.content).trim(),
  );
  return [
    ...empty.map(() => `${at}: empty text block`),
    ...emptyResults.map((block) => `${at}: empty result ${block.tool_use_id}`),
  ];
}

function pairing(message: Message, next: Message | undefined, at: string): string[] {
  const calls = blocksOf(message).filter((block) => block.type === "tool_use");
  if (calls.length === 0) return [];
  const answers = next?.role === "user" ? blocksOf(next) : [];
  const answered = answers.map((block) => (block.type === "tool_result" ? block.tool_use_id : undefined));
  const missing = calls.filter((call) => !answered.includes(call.id));
  const late = answers.findIndex(
    (block, n) => block.type === "tool_result" && answers[n - 1]?.type === "text",
  );
  return [
    ...missing.map((call) => `${at}: call ${call.id} is not answered in the next message`),
    ...(late > 0 ? [`${at}: a result of the next message stands behind a text`] : []),
  ];
}

function orphans(message: Message, previous: Message | undefined, at: string): string[] {
  const calls = previous ? blocksOf(previous).filter((block) => block.type === "tool_use") : [];
  const results = blocksOf(message).filter((block) => block.type === "tool_result");
  const known = new Set(calls.map((call) => call.id));
  const doubles = results.filter(
    (result, n) => results.findIndex((r) => r.tool_use_id === result.tool_use_id) < n,
  );
  return [
    ...results
      .filter((r) => !known.has(r.tool_use_id))
      .map((r) => `${at}: result ${r.tool_use_id} answers no call`),
    ...doubles.map((r) => `${at}: result ${r.tool_use_id} comes twice`),
  ];
}

const allowed: Readonly<Record<string, string[]>> = {
  user: ["text", "tool_result", "image", "document", "search_result"],
  assistant: ["text", "tool_use", "thinking", "redacted_thinking", "server_tool_use"],
};

function wrongTypes(message: Message, at: string): string[] {
  const known = allowed[message.role];
  if (!known) return [`${at}: role ${message.role}`];
  return blocksOf(message)
    .filter((block) => !known.includes(block.type))
    .map((block) => `${at}: a ${block.type} block of the ${message.role}`);
}

/** The rules of the Messages API that a compacted conversation could break; each breach answers with HTTP 400 there. */
export function violations(body: unknown): string[] {
  const { messages } = body as MessagesBody;
  if (messages[0]?.role !== "user") return ["messages[0]: the first message is not the user's"];
  return messages.flatMap((message, n) => {
    const at = `messages[${n}]`;
    return [
      ...wrongTypes(message, at),
      ...emptyTexts(message, at),
      ...pairing(message, messages[n + 1], at),
      ...orphans(message, messages[n - 1], at),
    ];
  });
}

export const anthropic: Provider = {
  name: "Anthropic Messages API",
  path: "/v1/messages",
  isTurn: (body) => ((body as MessagesBody).tools?.length ?? 0) > 0,
  stream,
  items: (body) =>
    (body as MessagesBody).messages.flatMap((message) =>
      blocksOf(message).map((block) => itemOf(message.role, block)),
    ),
  conversation: (body) => (body as MessagesBody).messages,
  sdkType: {
    importLine: 'import type Anthropic from "@anthropic-ai/sdk";',
    type: "Anthropic.Beta.Messages.BetaMessageParam[]",
  },
  violations,
};
