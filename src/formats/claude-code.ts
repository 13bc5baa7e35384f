// In: the lines of a Claude Code session (~/.claude/projects/*/*.jsonl). Out: its entries, blocks and live chain. Never follows
// a file that the session mentions. Schema measured on versions 2.0.64 to 2.1.197.
import type { JsonNode } from "../jsonl/json.ts";
import type { Entry } from "../transcript/types.ts";
import type { TranscriptBuilder } from "./builder.ts";
import { type ChainRecord, liveEntries } from "./claude-code-chain.ts";
import type { Format } from "./format.ts";

/** Record types that no other format writes. */
const OWN_TYPES: ReadonlySet<string> = new Set([
  "file-history-snapshot",
  "queue-operation",
  "permission-mode",
  "last-prompt",
  "custom-title",
]);
const CHAIN_TYPES: ReadonlySet<string> = new Set(["user", "assistant", "attachment", "system", "progress"]);

export const claudeCode: Format = {
  name: "claude-code",
  description: "Claude Code session, one record a line",

  recognise(record) {
    const type = record.text("type") ?? "";
    if (CHAIN_TYPES.has(type) && record.get("sessionId") && record.get("parentUuid")) {
      return "`parentUuid` beside `sessionId`";
    }
    if (OWN_TYPES.has(type)) return `record type \`${type}\``;
    return type === "summary" && record.get("leafUuid") ? "`summary` with `leafUuid`" : undefined;
  },

  read(lines, builder) {
    const chain: ChainRecord[] = [];
    let promisedLeaf: string | undefined;
    for (const { line, json } of lines) {
      const type = json.text("type") ?? "";
      if (type === "last-prompt") promisedLeaf = json.text("leafUuid");
      const messageId = type === "assistant" ? json.text("message", "id") : undefined;
      const entry = builder.entry(line, { messageId });
      if (!CHAIN_TYPES.has(type)) continue;

      promisedLeaf = undefined; // what follows the promise has outrun it
      const callIds: string[] = [];
      const answeredIds: string[] = [];
      if (type === "assistant") readAssistant(entry, json, builder, callIds);
      else if (type === "user") readUser(entry, json, builder, answeredIds);
      else if (type === "attachment") readAttachment(entry, json.get("attachment"), builder);
      else if (type === "progress") builder.sidecars(entry, json.get("data"));
      chain.push({
        entry,
        uuid: json.text("uuid"),
        parentUuid: json.text("parentUuid"),
        messageId,
        isSidechain: json.get("isSidechain")?.type === "true",
        isMeta: json.get("isMeta")?.type === "true",
        isBoundary: json.text("subtype") === "compact_boundary",
        isConversation: type === "user" || type === "assistant",
        callIds,
        answeredIds,
      });
    }
    const live = liveEntries(chain, promisedLeaf);
    builder.live((entry) => live.has(entry));
  },
};

function readAssistant(entry: Entry, record: JsonNode, builder: TranscriptBuilder, callIds: string[]): void {
  const content = record.get("message", "content");
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
}

function readUser(entry: Entry, record: JsonNode, builder: TranscriptBuilder, answeredIds: string[]): void {
  const content = record.get("message", "content");
  const kind = record.get("isCompactSummary")?.type === "true" ? "summary" : "text";
  builder.text(entry, content, "user", kind);
  for (const part of content?.items ?? []) {
    const type = part.text("type");
    if (type === "text") builder.text(entry, part.get("text"), "user", kind);
    else if (type === "tool_result") {
      const id = part.text("tool_use_id");
      if (id !== undefined) answeredIds.push(id);
      readResult(entry, part, id, builder);
    } else builder.opaque(entry, part, "user", type === "image" ? "image" : "opaque");
  }
  builder.sidecars(entry, record.get("toolUseResult"));
}

function readResult(entry: Entry, part: JsonNode, id: string | undefined, builder: TranscriptBuilder): void {
  const content = part.get("content");
  const texts = content?.type === "string" ? [content] : [];
  for (const item of content?.items ?? []) {
    const text = item.text("type") === "text" ? item.get("text") : undefined;
    if (text?.type === "string") texts.push(text);
    else builder.opaque(entry, item, "tool", item.text("type") === "image" ? "image" : "opaque");
  }
  // Absent means that the call went well: the client writes the member only where it has something to say.
  const failed = part.get("is_error")?.type === "true";
  builder.result(
    entry,
    id,
    texts.map((node) => ({ node })),
    { failed },
  );
}

/** Reminders, listings and files that the client puts before the model as text of its own. */
function readAttachment(entry: Entry, node: JsonNode | undefined, builder: TranscriptBuilder): void {
  if (node?.type === "string") builder.text(entry, node, "system");
  else {
    node?.values.forEach((value, i) => {
      if (node.keys[i]?.text() !== "type") readAttachment(entry, value, builder);
    });
  }
}
