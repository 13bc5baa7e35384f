// The type check must be able to fail, and must accept what is sound.
import { expect, test } from "vitest";
import { anthropic } from "./mock/anthropic.ts";
import { responses } from "./mock/responses.ts";
import { typeErrors } from "./sdk-types.ts";

test("the Anthropic types accept a result and refuse one without its id", () => {
  const result = { type: "tool_result", tool_use_id: "a", content: "ok" };
  expect(typeErrors(anthropic.sdkType, [{ role: "user", content: [result] }])).toEqual([]);
  expect(
    typeErrors(anthropic.sdkType, [{ role: "user", content: [{ ...result, tool_use_id: undefined }] }]),
  ).not.toEqual([]);
});

test("the OpenAI types accept a result and refuse one without its text", () => {
  const result = { type: "function_call_output", call_id: "a", output: "ok" };
  expect(typeErrors(responses.sdkType, [result])).toEqual([]);
  expect(typeErrors(responses.sdkType, [{ ...result, output: undefined }])).not.toEqual([]);
});
