// In: how a harness says a call ended, and its result. Out: whether it ended well. Reads the text too: behind `| tail` every test
// run ends with 0, and some harnesses record no end at all.
import { endedBadly } from "../transcript/outcomes.ts";
import { countsIn } from "../transcript/test-counts.ts";
import type { Outcome } from "../transcript/types.ts";

/** `unknown`: no result, or nothing says how it ended. */
export type Ending = "well" | "badly" | "unknown";

/** Only shapes that no listing of source code has at the start of a line. Looked for where the harness left no sign. */
const FAILURE_SHAPES: readonly RegExp[] = [
  /^Traceback \(most recent call last\):$/m,
  /^[\w.]*(?:Error|Exception): \S/m,
  /^(?:error|fatal|ERROR|Error)(?:\[\w+\])?: \S/m,
  /^(?:bash|sh|zsh): .*(?:not found|No such file|denied)/m,
  /^npm (?:ERR!|error) /m,
  /^panic: /m,
];

/** A result beyond this is looked at only at its ends. In characters. */
const LOOK_AT = 20_000;

export function endingOf(outcome: Outcome | undefined, result: string): Ending {
  if (outcome === undefined || isRefused(result)) return "unknown";
  if (endedBadly(outcome)) return "badly";
  const counts = countsIn(result);
  if (counts !== undefined) return counts.failed > 0 ? "badly" : "well";
  if (outcome === "ok") return "well";
  const ends = result.length <= LOOK_AT ? result : result.slice(0, LOOK_AT / 2) + result.slice(-LOOK_AT / 2);
  return FAILURE_SHAPES.some((shape) => shape.test(ends)) ? "badly" : "unknown";
}

/** A call that the user did not let run: no error, whatever the harness records. */
export function isRefused(result: string): boolean {
  return result.startsWith("The user doesn't want to ");
}
