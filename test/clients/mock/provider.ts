// What the tests must know of a provider's API: how to answer, how to read a request, what it would refuse.
// In: parsed request bodies. Out: neutral words that hold for every provider. One file a provider implements this.

import type { SdkType } from "../sdk-types.ts";

/** A call of one of the client's own tools; `freeform` tools take plain text instead of JSON arguments. */
export interface ToolCall {
  tool: string;
  input: Record<string, unknown> | string;
}

/** One answer of the mocked model. `turn` makes the ids unique in a session. */
export interface Reply {
  turn: string;
  text: string;
  calls: ToolCall[];
}

/** One part of the conversation that a request carries; `other` is whatever must come back unread, such as thinking. */
export interface Item {
  kind: "text" | "call" | "result" | "other";
  role: string;
  id: string;
  text: string;
}

export interface Provider {
  name: string;
  /** Path of the endpoint, without a query. */
  path: string;
  /** True for the requests that carry the conversation; clients also ask small questions beside it. */
  isTurn(body: unknown): boolean;
  /** The answer as server-sent events. */
  stream(reply: Reply, promptTokens: number): string;
  /** The conversation of a request, in order, without what is no text of it (cache hints, item ids). */
  items(body: unknown): Item[];
  /** The conversation as it came, for the type check. */
  conversation(body: unknown): unknown;
  /** Its type in the provider's own SDK. */
  sdkType: SdkType;
  /** Why the real provider would refuse this request; empty when it would not. */
  violations(body: unknown): string[];
}

/** The id of the nth call of a turn, the same one on both sides of the mock. */
export function callId(prefix: string, turn: string, n: number): string {
  return `${prefix}_${turn}_${n}`;
}

/** Server-sent events, each named by its type. */
export function events(list: { type: string }[]): string {
  return list.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
}
