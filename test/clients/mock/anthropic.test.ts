// The rules must be able to fail: a sound conversation, and one way to break each rule.
import { expect, test } from "vitest";
import { anthropic, type Block, type Message } from "./anthropic.ts";

const text = (value: string): Block => ({ type: "text", text: value });
const call = (id: string): Block => ({ type: "tool_use", id, name: "Read", input: {} });
const result = (id: string, content: string | Block[] = "ok"): Block => ({
  type: "tool_result",
  tool_use_id: id,
  content,
});

const sound: Message[] = [
  { role: "user", content: "Look." },
  { role: "assistant", content: [text("I look."), call("a"), call("b")] },
  { role: "user", content: [result("b"), result("a"), text("reminder")] },
  { role: "assistant", content: [text("Done.")] },
];

/** The sound conversation with some messages replaced. */
function broken(changes: Record<number, Message>): string[] {
  return anthropic.violations({ model: "m", messages: sound.map((message, n) => changes[n] ?? message) });
}

test("a sound conversation breaks no rule", () => {
  expect(broken({})).toEqual([]);
});

test("an unanswered call is refused", () => {
  expect(broken({ 2: { role: "user", content: [result("a")] } })).toEqual([
    "messages[1]: call b is not answered in the next message",
  ]);
});

test("an answer that comes one message late is refused on both sides", () => {
  const late = broken({
    2: { role: "user", content: [text("wait")] },
    3: { role: "user", content: [result("a"), result("b")] },
  });
  expect(late).toEqual([
    "messages[1]: call a is not answered in the next message",
    "messages[1]: call b is not answered in the next message",
    "messages[3]: result a answers no call",
    "messages[3]: result b answers no call",
  ]);
});

test("a result without a call, and one that comes twice, are refused", () => {
  expect(broken({ 2: { role: "user", content: [result("a"), result("b"), result("c")] } })).toEqual([
    "messages[2]: result c answers no call",
  ]);
  expect(broken({ 2: { role: "user", content: [result("a"), result("b"), result("a")] } })).toEqual([
    "messages[2]: result a comes twice",
  ]);
});

test("a result behind a text is refused", () => {
  expect(broken({ 2: { role: "user", content: [result("a"), text("reminder"), result("b")] } })).toEqual([
    "messages[1]: a result of the next message stands behind a text",
  ]);
});

test("empty texts, results and messages are refused", () => {
  expect(broken({ 3: { role: "assistant", content: [text(" ")] } })).toEqual([
    "messages[3]: empty text block",
  ]);
  expect(broken({ 3: { role: "assistant", content: [] } })).toEqual(["messages[3]: no content"]);
  expect(broken({ 2: { role: "user", content: [result("a"), result("b", "")] } })).toEqual([
    "messages[2]: empty result b",
  ]);
  expect(broken({ 2: { role: "user", content: [result("a"), result("b", [text("x"), text("")])] } })).toEqual(
    ["messages[2]: empty text block"],
  );
});

test("a block in the wrong mouth is refused", () => {
  expect(broken({ 3: { role: "user", content: [call("c")] } })).toContain(
    "messages[3]: a tool_use block of the user",
  );
  expect(broken({ 0: { role: "assistant", content: "Look." } })).toEqual([
    "messages[0]: the first message is not the user's",
  ]);
});
