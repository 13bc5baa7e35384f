// In: the calls of sessions, in order. Out: the items of the plans that the agent kept with a tool, each with its last status.
// Agents without such a tool have check boxes in their text: those count too.
import { type AgentCall, asRecord } from "../calls.ts";
import type { Saying } from "../session.ts";
import type { Source } from "../source.ts";
import type { PlanItem } from "./fact-set.ts";

/** Arguments that hold a list of items: Claude Code, Codex, opencode. */
const LISTS: readonly string[] = ["todos", "plan", "items", "tasks"];
const ITEM_TEXTS: readonly string[] = ["content", "step", "subject", "text", "title", "description"];
const PLAN_TOOL = /todo|plan|task/i;

const STATUS: Readonly<Record<string, PlanItem["status"]>> = {
  completed: "done",
  complete: "done",
  done: "done",
  in_progress: "active",
  active: "active",
  pending: "open",
  open: "open",
  todo: "open",
};

const CHECK_BOX = /^[ \t]*[-*] \[([ xX])\] (.+)$/gm;

export function planIn(calls: readonly AgentCall[], texts: readonly Saying[]): PlanItem[] {
  const items = new Map<string, PlanItem>();
  const numbered = new Map<string, string>();
  const set = (text: string, status: PlanItem["status"], source: Source) =>
    items.set(text, { text, status, source });
  for (const { by, text, source } of texts) {
    if (by !== "assistant") continue;
    for (const [, mark, item = ""] of text.matchAll(CHECK_BOX))
      set(item.trim(), mark === " " ? "open" : "done", source);
  }
  for (const { toolName, input, result, source } of calls) {
    const named = asRecord(input);
    if (named === undefined || !PLAN_TOOL.test(toolName)) continue;
    for (const element of LISTS.flatMap((name) =>
      Array.isArray(named[name]) ? (named[name] as unknown[]) : [],
    )) {
      const item = asRecord(element);
      const text = item === undefined ? undefined : textOf(item);
      if (text !== undefined) set(text, STATUS[String(item?.status)] ?? "open", source);
    }
    const subject = named.subject;
    const id = String(named.taskId ?? /#(\d+)/.exec(result)?.[1] ?? "");
    if (typeof subject === "string" && named.taskId === undefined) {
      numbered.set(`${source.transcript} ${id}`, subject);
      set(subject, "open", source);
    } else if (named.status !== undefined) {
      const text = numbered.get(`${source.transcript} ${id}`);
      if (text === undefined) continue;
      if (named.status === "deleted") items.delete(text);
      else set(text, STATUS[String(named.status)] ?? "open", source);
    }
  }
  return [...items.values()];
}

function textOf(item: Readonly<Record<string, unknown>>): string | undefined {
  const texts = ITEM_TEXTS.map((name) => item[name]);
  return texts.find((text): text is string => typeof text === "string" && text.trim() !== "");
}
