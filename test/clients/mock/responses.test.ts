// The rules must be able to fail: a sound conversation, and one way to break each rule.
import { expect, test } from "vitest";
import { type InputItem, responses } from "./responses.ts";

const said = (role: string, text: string): InputItem => ({
  type: "message",
  role,
  content: [{ type: role === "assistant" ? "output_text" : "input_text", text }],
});
const call = (call_id: string): InputItem => ({
  type: "function_call",
  call_id,
  name: "exec_command",
  arguments: "{}",
});
const patch = (call_id: string): InputItem => ({
  type: "custom_tool_call",
  call_id,
  name: "apply_patch",
  input: "x",
});
const result = (call_id: string, output: InputItem["output"] = "ok"): InputItem => ({
  type: "function_call_output",
  call_id,
  ...(output === undefined ? {} : { output }),
});
const patched = (call_id: string): InputItem => ({ type: "custom_tool_call_output", call_id, output: "ok" });

const question = said("user", "Look.");
const answer = said("assistant", "Done.");

function violations(...input: InputItem[]): string[] {
  return responses.violations({ model: "m", input });
}

test("a sound conversation breaks no rule, with parallel and freeform calls", () => {
  expect(
    violations(question, call("a"), call("b"), result("b"), result("a"), patch("c"), patched("c"), answer),
  ).toEqual([]);
});

test("an unanswered call is refused", () => {
  expect(violations(question, call("a"), answer)).toEqual([
    "input[1]: call a has 0 answers before the next message",
  ]);
});

test("an answer behind the next message is refused", () => {
  expect(violations(question, call("a"), answer, result("a"))).toEqual([
    "input[1]: call a has 0 answers before the next message",
  ]);
});

test("a call that is answered twice is refused", () => {
  expect(violations(question, call("a"), result("a"), result("a"))).toEqual([
    "input[1]: call a has 2 answers before the next message",
  ]);
});

test("an answer before its call, or of the wrong type, is refused", () => {
  expect(violations(question, result("a"), call("a"))).toEqual([
    "input[1]: result a answers no earlier call",
    "input[2]: call a has 0 answers before the next message",
  ]);
  expect(violations(question, patch("a"), result("a"))).toEqual([
    "input[1]: call a has 0 answers before the next message",
    "input[2]: result a answers no earlier call",
  ]);
});

test("empty results and messages are refused", () => {
  expect(violations(question, call("a"), result("a", ""))).toEqual(["input[2]: empty result a"]);
  expect(violations(question, call("a"), result("a", []))).toEqual(["input[2]: empty result a"]);
  expect(violations(said("user", " "))).toEqual(["input[0]: empty message"]);
});

test("arguments that are not JSON are refused", () => {
  expect(violations(question, { ...call("a"), arguments: "{" }, result("a"))).toEqual([
    "input[1]: the arguments of a are not JSON",
  ]);
});

test("a part in the wrong mouth is refused", () => {
  expect(violations({ ...said("assistant", "Done."), role: "user" })).toEqual([
    "input[0]: a output_text part of the user",
  ]);
  expect(violations({ ...answer, role: "tool" })).toEqual(["input[0]: role tool"]);
});
