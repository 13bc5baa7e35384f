// In: a call. Out: what it was aimed at, as one line that people recognise.
import { callTarget } from "../../transcript/calls.ts";
import { type AgentCall, asRecord } from "../calls.ts";

export function targetOf({ command, input }: AgentCall): string {
  if (command !== undefined) return command;
  const named = asRecord(input);
  const looked =
    named === undefined ? String(input) : { get: (name: string) => named[name], json: JSON.stringify(named) };
  return callTarget(looked) ?? "";
}
