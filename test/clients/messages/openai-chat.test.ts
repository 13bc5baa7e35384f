// The rules must be able to fail.
import { expect, test } from "vitest";
import { type ChatMessage, chatMessages, violations } from "./openai-chat.ts";

test("the scenario's messages break no rule", () => {
  expect(violations(chatMessages())).toEqual([]);
});

test("a missing, a misplaced and an empty result are refused", () => {
  const messages = chatMessages();
  const first = messages.findIndex(({ role }) => role === "tool");
  const result = messages[first] as ChatMessage;
  expect(violations(messages.toSpliced(first, 1))).toEqual([
    "messages[2]: call call_0_0 is not answered once, directly behind it",
  ]);
  expect(violations([...messages.toSpliced(first, 1), result])).toEqual([
    "messages[2]: call call_0_0 is not answered once, directly behind it",
    `messages[${messages.length - 1}]: result call_0_0 answers no call`,
  ]);
  expect(violations(messages.with(first, { ...result, content: "" }))).toEqual([
    `messages[${first}]: empty content`,
  ]);
});
