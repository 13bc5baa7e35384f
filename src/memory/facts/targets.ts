// In: a call. Out: what it was aimed at, as one line that people recognise.
import { callTarget } from "../../transcript/calls.ts";
import type { AgentCall } from "../session.ts";

export function targetOf({ command, input }: AgentCall): string {
  return command ?? callTarget(input) ?? "";
}
