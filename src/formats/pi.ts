// In: the lines of a pi session (~/.pi/agent/sessions/*/*.jsonl), versions 1 to 3. Out: its entries, blocks and what is still
// sent. Never touches signatures, usage, or what extensions keep in the file: they rebuild their state from it.
import type { JsonNode } from "../jsonl/json-node.ts";
import type { Entry } from "../transcript/types.ts";
import type { TranscriptBuilder } from "./builder.ts";
import type { Format } from "./format.ts";
import { type Kept, type PathRecord, sentEntries } from "./pi-path.ts";

/** Roles that no other format has. */
const OWN_ROLES: ReadonlySet<string> = new Set(["toolResult", "bashExecution", "hookMessage"]);

/** Tools whose `details` only draw the screen. Those of extensions may hold the extension's state. */
const BUILT_IN_TOOLS: ReadonlySet<string> = new Set(["read", "bash", "edit", "write", "grep", "find", "ls"]);

export const pi: Format = {
  name: "pi",
  description: "pi session, one entry a line",

  recognise(record) {
    const type = record.text("type");
    if (type === "session" && record.text("id") && record.text("cwd")) return "a `session` header with `cwd`";
    const role = record.text("message", "role") ?? "";
    return type === "message" && OWN_ROLES.has(role) ? `a message with role \`${role}\`` : undefined;
  },

  read(lines, builder) {
    const records: PathRecord[] = [];
    let version: number | undefined;
    for (const { line, json } of lines) {
      const entry = builder.entry(line);
      const type = json.text("type");
      if (type === "session") version ??= Number(json.get("version")?.raw ?? 1);
      else readEntry(entry, type, json, builder);
      records.push({
        entry,
        id: json.text("id"),
        parentId: json.text("parentId"),
        kept: type === "compaction" ? keptBy(json) : undefined,
        isHidden: json.get("message", "excludeFromContext")?.type === "true",
      });
    }
    // A file without its header is the end of one: where entries have ids, they are a tree.
    const isLinear = version === undefined ? records.every(({ id }) => id === undefined) : version < 2;
    const sent = sentEntries(records, isLinear);
    builder.live((entry) => sent.has(entry));
  },
};

function keptBy(compaction: JsonNode): Kept {
  const index = compaction.get("firstKeptEntryIndex");
  return {
    fromId: compaction.text("firstKeptEntryId"),
    fromIndex: index?.type === "number" ? Number(index.raw) : undefined,
  };
}

function readEntry(
  entry: Entry,
  type: string | undefined,
  record: JsonNode,
  builder: TranscriptBuilder,
): void {
  const message = record.get("message");
  if (type === "message" && message?.type === "object") readMessage(entry, message, builder);
  else if (type === "custom_message") readTexts(entry, record.get("content"), "system", builder);
  else if (type === "compaction" || type === "branch_summary") {
    builder.text(entry, record.get("summary"), "user", "summary");
  }
}

function readMessage(entry: Entry, message: JsonNode, builder: TranscriptBuilder): void {
  const role = message.text("role");
  const content = message.get("content");
  if (role === "user") readTexts(entry, content, "user", builder);
  else if (role === "assistant") readAssistant(entry, content, builder);
  else if (role === "toolResult") readResult(entry, message, builder);
  else if (role === "bashExecution") readBashExecution(entry, message, builder);
  else readTexts(entry, content, "system", builder); // put there by an extension
}

function readTexts(
  entry: Entry,
  content: JsonNode | undefined,
  role: "user" | "system",
  builder: TranscriptBuilder,
): void {
  builder.text(entry, content, role);
  for (const part of content?.items ?? []) {
    if (part.get("text")?.type === "string") builder.text(entry, part.get("text"), role);
    else readOther(entry, part, role, builder);
  }
}

function readAssistant(entry: Entry, content: JsonNode | undefined, builder: TranscriptBuilder): void {
  builder.text(entry, content, "assistant");
  for (const part of content?.items ?? []) {
    const type = part.text("type");
    if (type === "text") builder.text(entry, part.get("text"), "assistant");
    else if (type === "thinking") builder.text(entry, part.get("thinking"), "assistant", "thinking");
    else if (type === "toolCall") {
      const name = part.text("name") ?? "unknown";
      builder.call(entry, part, { id: part.text("id"), name, input: part.get("arguments") });
    } else builder.opaque(entry, part, "assistant");
  }
}

function readResult(entry: Entry, message: JsonNode, builder: TranscriptBuilder): void {
  const toolName = message.text("toolName");
  const isError = message.get("isError")?.type;
  const failed = isError === "true" ? true : isError === "false" ? false : undefined;
  const content = message.get("content");
  const texts: { node: JsonNode }[] = content?.type === "string" ? [{ node: content }] : [];
  for (const part of content?.items ?? []) {
    const text = part.get("text");
    if (text?.type === "string") texts.push({ node: text });
    else readOther(entry, part, "tool", builder);
  }
  builder.result(entry, message.text("toolCallId"), texts, { failed, toolName });
  if (BUILT_IN_TOOLS.has(toolName ?? "")) builder.sidecars(entry, message.get("details"));
}

/** A command that the user ran with `!`: the model sees it and what it printed. */
function readBashExecution(entry: Entry, message: JsonNode, builder: TranscriptBuilder): void {
  const output = message.get("output");
  const exitCode = message.get("exitCode");
  builder.text(entry, message.get("command"), "system");
  if (output?.type !== "string") return;
  builder.result(entry, undefined, [{ node: output }], {
    toolName: "bash",
    target: message.text("command"),
    failed: message.get("cancelled")?.type === "true" ? true : undefined,
    exitCode: exitCode?.type === "number" ? Number(exitCode.raw) : undefined,
  });
}

function readOther(
  entry: Entry,
  part: JsonNode,
  role: "user" | "system" | "tool",
  builder: TranscriptBuilder,
) {
  builder.opaque(entry, part, role, part.text("type") === "image" ? "image" : "opaque");
}
