// The OpenAI Responses API, as Codex speaks it: POST /v1/responses, answered as server-sent events.
import { callId, events, type Item, type Provider, type Reply, type ToolCall } from "./provider.ts";

/** A part of a message or of a list result. */
export interface Part {
  type: string;
  text?: string;
}

/** An item of the input, as far as the tests look into it. */
export interface InputItem {
  type: string;
  role?: string;
  content?: string | Part[];
  name?: string;
  call_id?: string;
  arguments?: string;
  input?: string;
  output?: string | Part[];
}

export interface ResponsesBody {
  model: string;
  input: InputItem[];
  tools?: unknown[];
}

/** The text of a message or a result, whether it came as one string or as a list of parts. */
export function partsText(content: string | Part[] | undefined): string {
  if (content === undefined || typeof content === "string") return content ?? "";
  return content.map((part) => part.text ?? JSON.stringify(part)).join("\n");
}

/** Which item answers which. */
const answerOf: Readonly<Record<string, string>> = {
  function_call: "function_call_output",
  custom_tool_call: "custom_tool_call_output",
};
const callOf = Object.fromEntries(Object.entries(answerOf).map(([call, answer]) => [answer, call]));

function itemOf(item: InputItem): Item {
  const id = item.call_id ?? "";
  if (item.type === "message")
    return { kind: "text", role: item.role ?? "", id, text: partsText(item.content) };
  if (item.type in answerOf) {
    return { kind: "call", role: "assistant", id, text: `${item.name} ${item.arguments ?? item.input}` };
  }
  if (item.type in callOf) return { kind: "result", role: "user", id, text: partsText(item.output) };
  return { kind: "other", role: "", id, text: JSON.stringify(item) };
}

function callItem(call: ToolCall, reply: Reply, n: number): Record<string, unknown> {
  const ids = { id: callId("item", reply.turn, n), call_id: callId("call", reply.turn, n), name: call.tool };
  return typeof call.input === "string"
    ? { type: "custom_tool_call", ...ids, input: call.input }
    : { type: "function_call", ...ids, arguments: JSON.stringify(call.input) };
}

function stream(reply: Reply, promptTokens: number): string {
  const content = [{ type: "output_text", text: reply.text, annotations: [] }];
  const message = { type: "message", role: "assistant", id: `msg_${reply.turn}`, content };
  const calls = reply.calls.map((call, n) => callItem(call, reply, n));
  const usage = {
    input_tokens: promptTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 20,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: promptTokens + 20,
  };
  return events([
    { type: "response.created", response: { id: `resp_${reply.turn}` } },
    { type: "response.output_item.added", output_index: 0, item: { ...message, content: [] } },
    { type: "response.output_text.delta", item_id: message.id, delta: reply.text },
    ...[message, ...calls].map((item, n) => ({ type: "response.output_item.done", output_index: n, item })),
    { type: "response.completed", response: { id: `resp_${reply.turn}`, usage } },
  ] as { type: string }[]);
}

const partTypes: Readonly<Record<string, string[]>> = {
  user: ["input_text", "input_image", "input_file"],
  developer: ["input_text"],
  system: ["input_text"],
  assistant: ["output_text", "refusal"],
};

function wrongMessage(item: InputItem, at: string): string[] {
  const known = partTypes[item.role ?? ""];
  if (!known) return [`${at}: role ${item.role}`];
  const parts = typeof item.content === "string" ? [] : (item.content ?? []);
  return [
    ...(partsText(item.content).trim() ? [] : [`${at}: empty message`]),
    ...parts.filter((p) => !known.includes(p.type)).map((p) => `${at}: a ${p.type} part of the ${item.role}`),
  ];
}

/** A call is answered before anybody speaks again: between the two stand only other calls, answers and reasoning. */
function wrongCall(input: InputItem[], n: number, at: string): string[] {
  const call = input[n] as InputItem;
  const rest = input.slice(n + 1);
  const speech = rest.findIndex((item) => item.type === "message");
  const near = speech < 0 ? rest : rest.slice(0, speech);
  const answers = near.filter((item) => item.type === answerOf[call.type] && item.call_id === call.call_id);
  const wellFormed = call.arguments === undefined || isJson(call.arguments);
  return [
    ...(answers.length === 1
      ? []
      : [`${at}: call ${call.call_id} has ${answers.length} answers before the next message`]),
    ...(wellFormed ? [] : [`${at}: the arguments of ${call.call_id} are not JSON`]),
  ];
}

function wrongAnswer(input: InputItem[], n: number, at: string): string[] {
  const answer = input[n] as InputItem;
  const asked = input
    .slice(0, n)
    .some((item) => item.type === callOf[answer.type] && item.call_id === answer.call_id);
  return [
    ...(asked ? [] : [`${at}: result ${answer.call_id} answers no earlier call`]),
    ...(partsText(answer.output).trim() ? [] : [`${at}: empty result ${answer.call_id}`]),
  ];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The rules of the Responses API that a compacted conversation could break. */
export function violations(body: unknown): string[] {
  const { input } = body as ResponsesBody;
  return input.flatMap((item, n) => {
    const at = `input[${n}]`;
    if (item.type === "message") return wrongMessage(item, at);
    if (item.type in answerOf) return wrongCall(input, n, at);
    if (item.type in callOf) return wrongAnswer(input, n, at);
    return [];
  });
}

export const responses: Provider = {
  name: "OpenAI Responses API",
  path: "/v1/responses",
  isTurn: (body) => ((body as ResponsesBody).tools?.length ?? 0) > 0,
  stream,
  items: (body) => (body as ResponsesBody).input.map(itemOf),
  conversation: (body) => (body as ResponsesBody).input,
  sdkType: { importLine: 'import type OpenAI from "openai";', type: "OpenAI.Responses.ResponseInput" },
  violations,
};
