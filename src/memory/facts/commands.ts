// In: the calls of sessions, in order. Out: what ran, how often, how the last run ended and what it counted.

import { countsIn } from "../../transcript/test-counts.ts";
import type { AgentCall } from "../calls.ts";
import { barewords } from "../shell/file-acts.ts";
import { parseShell } from "../shell/parse.ts";
import { COMMAND_PURPOSES } from "./command-purposes.ts";
import type { CommandFact, CommandPurpose } from "./fact-set.ts";

export function commandsIn(calls: readonly AgentCall[]): CommandFact[] {
  const facts = new Map<string, CommandFact>();
  for (const call of calls) {
    const { command, result, outcome = "ran", ending, source } = call;
    if (command === undefined || command.trim() === "") continue;
    const key = normalCommand(command);
    const before = facts.get(key);
    const counts = countsIn(result);
    facts.delete(key); // the last to run stands last
    facts.set(key, {
      command,
      purpose: before?.purpose ?? purposeOf(command),
      runs: (before?.runs ?? 0) + 1,
      failures: (before?.failures ?? 0) + (ending === "badly" ? 1 : 0),
      last: { outcome, ending, ...(counts === undefined ? {} : { counts }), source },
    });
  }
  return [...facts.values()];
}

/** What a command is for stands at its beginning. In characters. */
const MAX_LINE = 500;
/** Commands that agree so far are taken for the same. In characters. */
const MAX_COMMAND = 4000;

/** The purpose of the most telling of its simple commands: a test run behind a `cd` is a test run. */
export function purposeOf(command: string): CommandPurpose {
  const lines = parseShell(command).map(({ words }) => barewords(words).join(" ").slice(0, MAX_LINE));
  let best = COMMAND_PURPOSES.length;
  let isOther = false;
  for (const line of lines) {
    const rank = COMMAND_PURPOSES.findIndex(([, shape]) => shape.test(line));
    if (rank === -1) isOther ||= line !== "";
    else best = Math.min(best, rank);
  }
  const purpose = COMMAND_PURPOSES[best]?.[0];
  return purpose === undefined || (purpose === "look" && isOther) ? "other" : purpose;
}

/** Ways to run the same thing that only change what is shown: the directory before it, streams, and the pager behind it. */
const SHOWING: readonly RegExp[] = [
  /^\s*cd\s+\S+\s*&&\s*/,
  /\s+2>&1/g,
  /\s*\|\s*(?:tail|head|cat|less|grep|tee|rg)\b[^|;&]*$/,
  /\s+2>\s*\/dev\/null/g,
];

export function normalCommand(command: string): string {
  let normal = command
    .slice(0, MAX_COMMAND)
    .replace(/[ \t]+/g, " ")
    .trim();
  for (let before = ""; before !== normal; ) {
    before = normal;
    for (const shape of SHOWING) normal = normal.replace(shape, "").trim();
  }
  return normal === "" ? command.trim() : normal;
}
