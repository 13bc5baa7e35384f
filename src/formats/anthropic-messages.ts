// In: messages of Anthropic's API, one a line. Out: their entries and blocks; every message is live, since the caller sends all
// of them again. Never touches ids, signatures or `cache_control`.
import type { JsonNode } from "../jsonl/json-node.ts";
import type { Entry } from "../transcript/types.ts";
import {
  anthropicPart,
  type ErrorReading,
  readAssistantContent,
  readUserContent,
} from "./anthropic-content.ts";
import type { TranscriptBuilder } from "./builder.ts";
import type { Format } from "./format.ts";

export const anthropicMessages: Format = {
  name: "anthropic-messages",
  description: "Anthropic messages, one message a line",

  recognise(record) {
    const role = record.text("role");
    if (role !== "user" && role !== "assistant") return undefined;
    const part = anthropicPart(record.get("content"));
    return part === undefined ? undefined : `a message with a \`${part}\` part`;
  },

  read(lines, builder) {
    for (const { line, json } of lines) {
      readAnthropicMessage(builder.entry(line, { messageId: json.text("id") }), json, builder);
    }
  },
};

export function readAnthropicMessage(entry: Entry, message: JsonNode, builder: TranscriptBuilder): void {
  const role = message.text("role");
  const content = message.get("content");
  if (role === "assistant") readAssistantContent(entry, content, builder);
  else if (role === "user") readUserContent(entry, content, builder, errorUnlessUnsaid);
  else readSystem(entry, content, builder);
}

/** Instructions: a string, or a list of text parts. */
export function readSystem(entry: Entry, content: JsonNode | undefined, builder: TranscriptBuilder): void {
  builder.text(entry, content, "system");
  for (const part of content?.items ?? []) builder.text(entry, part.get("text"), "system");
}

/** The API calls a result good that says nothing; harnesses that never say anything print an exit code. */
const errorUnlessUnsaid: ErrorReading = (isError) => ({
  failed: isError?.type === "true" ? true : isError?.type === "false" ? false : undefined,
  unsaid: "ok",
});
