// In: the lines of a Codex rollout (~/.codex/sessions/**/rollout-*.jsonl), enveloped or legacy bare items. Out: its entries,
// blocks and what is still sent. Never touches ordinals, turn contexts or the events by which a resume replays the session.
// Schema measured on clients 0.2x to 0.169, and read in codex-rs rollout_reconstruction.rs.
import type { JsonNode } from "../jsonl/json-node.ts";
import type { Entry } from "../transcript/types.ts";
import type { TranscriptBuilder } from "./builder.ts";
import type { Format } from "./format.ts";
import { readItem } from "./responses-items.ts";

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
      record.text("id") &&
      record.text("timestamp") &&
      (record.get("git") || record.get("instructions")) &&
      !record.get("type");
    return isLegacyHead ? "a legacy header with `id` and `timestamp`" : undefined;
  },

  read(lines, builder) {
    const history = new History();
    let head: Entry | undefined;
    for (const { line, json } of lines) {
      const payload = json.get("payload");
      const type = json.text("type") ?? "";
      if (payload?.type !== "object") readHistoryItem(builder.entry(line), json, builder, history);
      else if (type === "response_item") readHistoryItem(builder.entry(line), payload, builder, history);
      else if (type === "compacted") {
        const replacement = payload.get("replacement_history");
        const summary = builder.entry(line);
        if (replacement?.type === "array") {
          history.restart();
          for (const item of replacement.items) {
            readHistoryItem(builder.entry(line, { span: item }), item, builder, history);
          }
        } else {
          history.keepUserMessages();
          builder.text(summary, payload.get("message"), "user", "summary");
          history.add(summary, false);
        }
      } else if (type === "event_msg") readEvent(builder.entry(line), payload, builder, history);
      else if (type === "session_meta") {
        // A resumed client sends the instructions that stand here, whatever was compacted since.
        head = builder.entry(line);
        builder.text(head, payload.get("base_instructions", "text"), "system");
      } else builder.entry(line);
    }
    builder.live((entry) => entry === head || history.has(entry));
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

function readHistoryItem(entry: Entry, item: JsonNode, builder: TranscriptBuilder, history: History): void {
  if (!readItem(entry, item, builder)) return;
  const isUser = item.text("role") === "user";
  history.add(entry, isUser && (item.get("content")?.items ?? []).some(isUsersOwn), isUser);
}

function isUsersOwn(part: JsonNode): boolean {
  const text = part.text("text");
  return text !== undefined && !CLIENT_MESSAGE.test(text);
}

function readEvent(entry: Entry, payload: JsonNode, builder: TranscriptBuilder, history: History): void {
  const type = payload.text("type") ?? "";
  if (type === "thread_rolled_back") history.rollBack(Number(payload.get("num_turns")?.raw ?? 0));
  else if (OUTPUT_EVENTS.has(type)) builder.sidecars(entry, payload);
  else if (type === "item_completed" && OUTPUT_ITEMS.has(payload.text("item", "type") ?? "")) {
    builder.sidecars(entry, payload.get("item"));
  }
}
