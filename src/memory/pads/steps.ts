// In: the calls of a turn up to the one that showed success. Out: the steps that led there: what changed something and worked. Dead ends,
// repetitions and what was taken back are left out; looking around is not a step.

import type { AgentCall } from "../calls.ts";
import { normalCommand, purposeOf } from "../facts/commands.ts";
import { targetOf } from "../facts/targets.ts";
import { touchedFiles } from "../file-calls.ts";
import { parseShell } from "../shell/parse.ts";
import type { PadStep } from "./pad.ts";

const ACTIONS = { write: "created", edit: "edited", move: "moved", delete: "deleted" } as const;

/** Tools that plan, ask or look change nothing. */
const NO_STEP = /todo|plan|task|ask|think|search|fetch|grep|glob|list|read|view|^ls$|skill|output/i;

interface Candidate extends PadStep {
  readonly call: AgentCall;
  /** What makes a later step the same one again. */
  readonly key: string;
  readonly paths: readonly string[];
}

export function stepsOf(calls: readonly AgentCall[]): PadStep[] {
  const candidates = calls.flatMap(candidateOf);
  return candidates
    .filter((step, i) => {
      const later = candidates.slice(i + 1);
      return !isTakenBack(step, later) && !comesAgain(step, later) && !tidiesUp(step, candidates.slice(0, i));
    })
    .map(({ action, tool, text, source }) => ({ action, tool, text, source }));
}

function candidateOf(call: AgentCall): Candidate[] {
  const { command, toolName: tool, source, ending } = call;
  if (ending === "badly") return [];
  const files = touchedFiles(call).filter(({ act }) => act !== "read");
  const paths = files.map(({ path }) => path);
  if (command !== undefined) {
    if (purposeOf(command) === "look" && files.length === 0) return [];
    return [
      { action: "run", tool, text: command, source, call, key: `run ${normalCommand(command)}`, paths },
    ];
  }
  const [first] = files;
  if (first !== undefined && first.act !== "read") {
    const text = paths.join(" ");
    return [{ action: ACTIONS[first.act], tool, text, source, call, key: `${tool} ${text}`, paths }];
  }
  if (NO_STEP.test(tool)) return [];
  const text = targetOf(call);
  return [{ action: "call", tool, text, source, call, key: `${tool} ${text}`, paths }];
}

/** A file that is deleted in the end, or put back, was a dead end: neither its making nor its going is a step. */
function isTakenBack({ paths, action, call }: Candidate, later: readonly Candidate[]): boolean {
  if (paths.length === 0 || action === "run") return false;
  const isUndone = (path: string) =>
    later.some((step) =>
      touchedFiles(step.call).some((file) => file.path === path && undoes(file.act, step)),
    );
  return paths.every(isUndone) && touchedFiles(call).every(({ act }) => act === "write" || act === "edit");
}

function undoes(act: string, { call }: Candidate): boolean {
  if (act === "delete") return true;
  return act === "edit" && /\bgit\s+(?:checkout\s+--\s|restore\b)/.test(call.command ?? "");
}

/** A command that does nothing but take back what earlier steps did. */
function tidiesUp(step: Candidate, earlier: readonly Candidate[]): boolean {
  if (step.action !== "run" || step.paths.length === 0 || parseShell(step.text).length !== 1) return false;
  return touchedFiles(step.call).every(({ act, path }) => {
    const wanted = act === "delete" ? "write" : "edit";
    return (
      undoes(act, step) &&
      earlier.some(({ call }) => touchedFiles(call).some((file) => file.path === path && file.act === wanted))
    );
  });
}

/** Of a step that is done again only the last counts; edits of one file are one step, at the last. */
function comesAgain({ key }: Candidate, later: readonly Candidate[]): boolean {
  return later.some((step) => step.key === key);
}
