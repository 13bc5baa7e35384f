// In: the lines of a Claude Code session (~/.claude/projects/*/*.jsonl). Out: its entries, blocks and live chain. Never follows
// a file that the session mentions. Schema measured on versions 2.0.64 to 2.1.328.
import type { JsonNode } from "../jsonl/json-node.ts";
import { parseCutText } from "../transcript/marker.ts";
import type { Entry } from "../transcript/types.ts";
import { type ErrorReading, readAssistantContent, readUserContent } from "./anthropic-content.ts";
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
/** Records in which newer clients log their requests, and the member that repeats what the conversation holds. */
const REQUEST_LOGS: Readonly<Record<string, string>> = {
  "api-request-blob": "message",
  "api-request-shape": "shape",
};
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
      if (!CHAIN_TYPES.has(type)) {
        builder.sidecars(entry, json.get(REQUEST_LOGS[type] ?? ""));
        continue;
      }

      promisedLeaf = undefined; // what follows the promise has outrun it
      const content = json.get("message", "content");
      let callIds: string[] = [];
      let answeredIds: string[] = [];
      if (type === "assistant") callIds = readAssistantContent(entry, content, builder);
      else if (isLocalOutput(type, content)) {
        builder.result(entry, undefined, [{ node: content }], { toolName: "local-command", failed: false });
      } else if (type === "user") {
        const kind = json.get("isCompactSummary")?.type === "true" ? "summary" : "text";
        answeredIds = readUserContent(entry, content, builder, errorOrFine, kind);
        builder.sidecars(entry, json.get("toolUseResult"));
      } else if (type === "attachment") readAttachment(entry, json, builder);
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

/** What a command printed that the user ran in the client: in the user's name, and none of the user's words. */
function isLocalOutput(type: string, content: JsonNode | undefined): content is JsonNode {
  const text = type === "user" ? content?.text() : undefined;
  return (
    text !== undefined &&
    (/^<(?:local-command|bash)-std(?:out|err)>/.test(text) || parseCutText(text) !== undefined)
  );
}

/** Absent means that the call went well: the client writes the member only where it has something to say. */
const errorOrFine: ErrorReading = (isError) => ({ failed: isError?.type === "true" });

/**
 * Reminders, listings and files that the client puts before the model as text of its own. Newer clients write down what they
 * send; a prompt snapshot is the system prompt, which travels beside the transcript and is no part of it.
 */
function readAttachment(entry: Entry, record: JsonNode, builder: TranscriptBuilder): void {
  const rendered = record.get("rendered");
  if (rendered !== undefined) {
    for (const message of rendered.items) readStrings(entry, message.get("content"), builder);
  } else if (record.text("attachment", "type") !== "prompt_snapshot") {
    readStrings(entry, record.get("attachment"), builder);
  }
}

function readStrings(entry: Entry, node: JsonNode | undefined, builder: TranscriptBuilder): void {
  if (node?.type === "string") builder.text(entry, node, "system");
  node?.values.forEach((value, i) => {
    if (node.keys[i]?.text() !== "type") readStrings(entry, value, builder);
  });
}
