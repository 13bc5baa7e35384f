// In: the lines of a Codex rollout (~/.codex/sessions/**/rollout-*.jsonl), enveloped or legacy bare items. Out: its entries,
// blocks and what is still sent. Never touches ordinals, turn contexts or the events by which a resume replays the session.
// Schema measured on clients 0.2x to 0.169, and read in codex-rs rollout_reconstruction.rs.
import type { JsonNode } from "../jsonl/json.ts";
import { innerStringNode } from "../jsonl/offsets.ts";
import type { Entry, Span } from "../transcript/types.ts";
import type { ResultFlags, TranscriptBuilder } from "./builder.ts";
import type { Format } from "./format.ts";

const ENVELOPES: ReadonlySet<string> = new Set([
  "session_meta",
  "response_item",
  "event_msg",
  "turn_context",
  "compacted",
  "world_state",
]);

/** Events that repeat a tool's output for the user interface. All other events steer the resume and stay. */
const OUTPUT_EVENTS: ReadonlySet<string> = new Set([
  "exec_command_end",
  "mcp_tool_call_end",
  "patch_apply_end",
  "web_search_end",
]);
/** The same for items of `item_completed`. */
const OUTPUT_ITEMS: ReadonlySet<string> = new Set([
  "CommandExecution",
  "FileChange",
  "McpToolCall",
  "WebSearch",
]);

/** User messages that the client writes itself: they do not begin a turn. */
const CLIENT_MESSAGE =
  /^(?:<(?:environment_context|user_instructions|permissions)|# AGENTS\.md instructions)/;

export const codex: Format = {
  name: "codex",
  description: "OpenAI Codex CLI rollout, enveloped or legacy, one item a line",

  recognise(record) {
    const type = record.text("type") ?? "";
    if (ENVELOPES.has(type) && record.get("payload")?.type === "object") return `\`${type}\` with a payload`;
    if (record.get("record_type")?.type === "string") return "`record_type`";
    const isLegacyHead =
      record.text("id") && record.text("timestamp") && record.get("git") && !record.get("type");
    return isLegacyHead ? "`id`, `timestamp` and `git` without a type" : undefined;
  },

  read(lines, builder) {
    const history = new History();
    for (const { line, json } of lines) {
      const payload = json.get("payload");
      const type = json.text("type") ?? "";
      if (payload?.type !== "object") readItem(builder.entry(line), json, builder, history);
      else if (type === "response_item") readItem(builder.entry(line), payload, builder, history);
      else if (type === "compacted") {
        const replacement = payload.get("replacement_history");
        const head = builder.entry(line);
        if (replacement?.type === "array") {
          history.restart();
          for (const item of replacement.items) {
            readItem(builder.entry(line, { span: item }), item, builder, history);
          }
        } else {
          history.keepUserMessages();
          builder.text(head, payload.get("message"), "user", "summary");
          history.add(head, false);
        }
      } else if (type === "event_msg") readEvent(builder.entry(line), payload, builder, history);
      else builder.entry(line);
    }
    builder.live((entry) => history.has(entry));
  },
};

/** The items that a resumed client sends, as its reconstruction finds them. */
class History {
  private items: { entry: Entry; beginsTurn: boolean; isUser: boolean }[] = [];

  add(entry: Entry, beginsTurn: boolean, isUser = beginsTurn): void {
    this.items.push({ entry, beginsTurn, isUser });
  }

  has(entry: Entry): boolean {
    this.index ??= new Set(this.items.map((item) => item.entry));
    return this.index.has(entry);
  }
  private index: Set<Entry> | undefined;

  restart(): void {
    this.items = [];
  }

  /** What a compaction without a replacement history leaves. */
  keepUserMessages(): void {
    this.items = this.items.filter(({ isUser }) => isUser);
  }

  rollBack(turns: number): void {
    for (let left = turns; left > 0; left--) {
      const start = this.items.findLastIndex(({ beginsTurn }) => beginsTurn);
      if (start === -1) return;
      this.items.length = start;
    }
  }
}

function readItem(entry: Entry, item: JsonNode, builder: TranscriptBuilder, history: History): void {
  const type = item.text("type") ?? "";
  const role = item.text("role");
  let beginsTurn = false;
  if (type === "message") {
    for (const part of item.get("content")?.items ?? []) {
      const text = part.get("text");
      if (text?.type === "string") {
        builder.text(entry, text, role === "assistant" ? "assistant" : role === "user" ? "user" : "system");
        beginsTurn ||= role === "user" && !CLIENT_MESSAGE.test(text.text() ?? "");
      } else builder.opaque(entry, part, "user", part.get("image_url") ? "image" : "opaque");
    }
  } else if (type === "reasoning") {
    for (const part of item.get("summary")?.items ?? [])
      builder.text(entry, part.get("text"), "assistant", "thinking");
    const encrypted = item.get("encrypted_content");
    if (encrypted?.type === "string") builder.opaque(entry, encrypted, "assistant");
  } else if (type === "function_call" || type === "custom_tool_call" || type === "local_shell_call") {
    const input = item.get("arguments") ?? item.get("input") ?? item.get("action");
    builder.call(entry, input ?? item, {
      id: item.text("call_id"),
      name: item.text("name") ?? type,
      input,
    });
  } else if (type === "function_call_output" || type === "custom_tool_call_output") {
    readOutput(entry, item, builder);
  } else if (type.length > 0) builder.opaque(entry, item, "assistant");
  else return; // a header or a state record of a legacy file
  history.add(entry, beginsTurn, role === "user");
}

/** An output is a string, a JSON string inside a string, an object with `content`, or a list of parts. */
function readOutput(entry: Entry, item: JsonNode, builder: TranscriptBuilder): void {
  const output = item.get("output");
  const callId = item.text("call_id");
  const holder = output?.type === "object" ? output.get("content") : output;
  const flags: ResultFlags = { failed: failedFlag(output?.get("success")) };
  if (holder?.type === "string") {
    const nested = innerStringNode(holder.text() ?? "", "output");
    if (nested === undefined) builder.result(entry, callId, [{ node: holder }], flags);
    else {
      const exitCode = Number(nested.object.get("metadata", "exit_code")?.raw ?? Number.NaN);
      const inner: Span = { start: nested.node.start, end: nested.node.end };
      builder.result(entry, callId, [{ node: holder, inner }], Number.isNaN(exitCode) ? flags : { exitCode });
    }
    return;
  }
  const texts: { node: JsonNode }[] = [];
  for (const part of holder?.items ?? []) {
    const text = part.get("text");
    if (text?.type === "string") texts.push({ node: text });
    else builder.opaque(entry, part, "tool", part.get("image_url") ? "image" : "opaque");
  }
  builder.result(entry, callId, texts, flags);
}

function failedFlag(success: JsonNode | undefined): boolean | undefined {
  if (success?.type === "true") return false;
  return success?.type === "false" ? true : undefined;
}

function readEvent(entry: Entry, payload: JsonNode, builder: TranscriptBuilder, history: History): void {
  const type = payload.text("type") ?? "";
  if (type === "thread_rolled_back") history.rollBack(Number(payload.get("num_turns")?.raw ?? 0));
  else if (OUTPUT_EVENTS.has(type)) builder.sidecars(entry, payload);
  else if (type === "item_completed" && OUTPUT_ITEMS.has(payload.text("item", "type") ?? "")) {
    builder.sidecars(entry, payload.get("item"));
  }
}
