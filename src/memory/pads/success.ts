// In: the calls of a turn. Out: the last one that showed success: a test, check or build that passed, or a commit or push that went
// through. Undefined where nothing was shown, or where what was shown last was a failure.

import type { AgentCall } from "../calls.ts";
import { normalCommand, purposeOf } from "../facts/commands.ts";
import type { CommandPurpose } from "../facts/fact-set.ts";

const PROVING: ReadonlySet<CommandPurpose> = new Set(["test", "check", "build"]);
const PUBLISHING = /\bgit\s+(?:commit|push|merge|rebase|tag)\b|\bgh\s+pr\s+(?:create|merge)\b/;

export function successOf(calls: readonly AgentCall[]): { call: AgentCall; at: number } | undefined {
  const proofs = calls.flatMap((call, at) => (proves(call) ? [{ call, at }] : []));
  const last = proofs.at(-1);
  if (last === undefined || last.call.ending !== "well") return undefined;
  const isOpen = proofs.some(
    ({ call }) =>
      call.ending === "badly" &&
      !proofs.some(
        (other) => other.call.ending === "well" && isSame(other.call, call) && other.at > calls.indexOf(call),
      ),
  );
  return isOpen ? undefined : last;
}

function proves({ command }: AgentCall): boolean {
  return command !== undefined && (PROVING.has(purposeOf(command)) || PUBLISHING.test(command));
}

function isSame(a: AgentCall, b: AgentCall): boolean {
  return normalCommand(a.command ?? "") === normalCommand(b.command ?? "") || purposesMatch(a, b);
}

/** A failing run of one test that a run of all tests follows is repaired. */
function purposesMatch(a: AgentCall, b: AgentCall): boolean {
  return purposeOf(a.command ?? "") === purposeOf(b.command ?? "");
}
