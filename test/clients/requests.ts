// In: what a client sent. Out: the parts of it that the tests compare.
import type { Item } from "./mock/provider.ts";
import type { Exchange } from "./mock/server.ts";

/** The turns among the requests: the rest are questions that a client asks beside the conversation. */
export function turnsOf(exchanges: Exchange[]): unknown[] {
  return exchanges.filter((exchange) => exchange.isTurn).map((exchange) => exchange.body);
}

export function resultOf(items: Item[], id: string): string {
  const result = items.find((item) => item.kind === "result" && item.id === id);
  if (!result) throw new Error(`the request holds no result of ${id}`);
  return result.text;
}

export function callIds(items: Item[]): string[] {
  return items.filter((item) => item.kind === "call").map((item) => item.id);
}

/** The id of the first call that says all of these words. */
export function idOfCall(items: Item[], ...words: string[]): string {
  const call = items.find((item) => item.kind === "call" && words.every((word) => item.text.includes(word)));
  if (!call) throw new Error(`the request holds no call with: ${words.join(" ")}`);
  return call.id;
}

/** What the client appends to a result when it sends it: Claude Code puts reminders there, and then drops the blanks around the text. */
export function addedByClient(sent: string, stored: string): string {
  if (sent === stored) return "";
  if (!sent.startsWith(stored.trim())) throw new Error(`not sent as stored: ${sent.slice(0, 200)}`);
  return sent.slice(stored.trim().length);
}

export function withAddition(stored: string, added: string): string {
  return added === "" ? stored : stored.trim() + added;
}

/** Long texts are compared by this, because a failure must name the place and not print a whole session. */
export function firstDifference(actual: string, expected: string): string {
  if (actual === expected) return "none";
  let at = 0;
  while (actual[at] === expected[at]) at += 1;
  const around = (text: string) => text.slice(Math.max(0, at - 80), at + 160);
  return `at ${at}: ${around(actual)}\nexpected: ${around(expected)}`;
}
