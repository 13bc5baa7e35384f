// In: the content of one message in Anthropic's API: a string or a list of parts. Out: its blocks. What providers sign, encrypt
// or run themselves stays opaque: thinking that was redacted, the tools of the server and their results.
import type { JsonNode } from "../jsonl/json-node.ts";
import type { Entry } from "../transcript/types.ts";
import type { TranscriptBuilder } from "./builder.ts";
import type { ResultFlags } from "./observed-outcome.ts";

/** Parts that only messages of this API have. */
const OWN_PARTS: ReadonlySet<string> = new Set([
  "tool_use",
  "tool_result",
  "thinking",
  "redacted_thinking",
  "server_tool_use",
]);

/** The type of the first part that gives this API away; undefined where there is none. */
export function anthropicPart(content: JsonNode | undefined): string | undefined {
  for (const part of content?.items ?? []) {
    const type = part.text("type") ?? "";
    if (OWN_PARTS.has(type)) return type;
  }
  return undefined;
}

/** @returns the ids of the calls that the message makes */
export function readAssistantContent(
  entry: Entry,
  content: JsonNode | undefined,
  builder: TranscriptBuilder,
): string[] {
  const callIds: string[] = [];
  builder.text(entry, content, "assistant");
  for (const part of content?.items ?? []) {
    const type = part.text("type");
    if (type === "text") builder.text(entry, part.get("text"), "assistant");
    else if (type === "thinking") builder.text(entry, part.get("thinking"), "assistant", "thinking");
    else if (type === "tool_use") {
      const id = part.text("id");
      if (id !== undefined) callIds.push(id);
      builder.call(entry, part, { id, name: part.text("name") ?? "unknown", input: part.get("input") });
    } else builder.opaque(entry, part, "assistant");
  }
  return callIds;
}

/** What a harness means by the `is_error` of a result. */
export type ErrorReading = (isError: JsonNode | undefined) => ResultFlags;

/**
 * @param kind `summary` for what a harness wrote in place of the conversation before
 * @returns the ids of the calls that the message answers
 */
export function readUserContent(
  entry: Entry,
  content: JsonNode | undefined,
  builder: TranscriptBuilder,
  readError: ErrorReading,
  kind: "text" | "summary" = "text",
): string[] {
  const answeredIds: string[] = [];
  builder.text(entry, content, "user", kind);
  for (const part of content?.items ?? []) {
    const type = part.text("type");
    if (type === "text") builder.text(entry, part.get("text"), "user", kind);
    else if (type === "tool_result") {
      const id = part.text("tool_use_id");
      if (id !== undefined) answeredIds.push(id);
      const texts = readResultTexts(entry, part.get("content"), builder);
      builder.result(entry, id, texts, readError(part.get("is_error")));
    } else builder.opaque(entry, part, "user", type === "image" ? "image" : "opaque");
  }
  return answeredIds;
}

function readResultTexts(
  entry: Entry,
  content: JsonNode | undefined,
  builder: TranscriptBuilder,
): { node: JsonNode }[] {
  if (content?.type === "string") return [{ node: content }];
  const texts: { node: JsonNode }[] = [];
  for (const item of content?.items ?? []) {
    const text = item.text("type") === "text" ? item.get("text") : undefined;
    if (text?.type === "string") texts.push({ node: text });
    else builder.opaque(entry, item, "tool", item.text("type") === "image" ? "image" : "opaque");
  }
  return texts;
}
