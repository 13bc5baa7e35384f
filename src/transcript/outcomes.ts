// In: what a harness recorded about the end of a call. Out: its outcome in the project's words. The text of a result is read
// only where the harness left no better sign, and a cut block is read by its marker, which carries the outcome on.
import type { Outcome } from "./types.ts";

/** How harnesses print the exit code into the text of a result. Looked for at its head and its tail only. */
const EXIT_CODE_CUES: readonly RegExp[] = [
  /^Exit code:? (-?\d+)/, // Claude Code, Codex
  /^Process exited with code (-?\d+)$/m, // Codex
  /^<returncode>(-?\d+)<\/returncode>/, // mini-swe-agent
  /\[(?:The command completed|Command finished) with exit code (-?\d+)/, // OpenHands
  /^Command exited with code (-?\d+)/m, // pi
];

/** Characters at each end of a result in which a cue may stand. */
const CUE_WINDOW = 400;

/** @param flag what the harness recorded beside the text, where it did */
export function outcomeOf(
  text: string,
  flag: { failed?: boolean | undefined; exitCode?: number | undefined },
): Outcome {
  if (flag.failed === false) return "ok";
  const exitCode = flag.exitCode ?? exitCodeIn(text);
  if (exitCode !== undefined && exitCode !== 0) return `exit ${exitCode}`;
  if (flag.failed === true) return "failed";
  return exitCode === 0 ? "ok" : "ran";
}

export function endedBadly(outcome: Outcome): boolean {
  return outcome === "failed" || outcome.startsWith("exit ");
}

export function endedWell(outcome: Outcome): boolean {
  return outcome === "ok";
}

function exitCodeIn(text: string): number | undefined {
  const ends =
    text.length <= 2 * CUE_WINDOW
      ? [text]
      : [text.slice(0, CUE_WINDOW), text.slice(text.length - CUE_WINDOW)];
  for (const end of ends) {
    for (const cue of EXIT_CODE_CUES) {
      const match = cue.exec(end);
      if (match !== null) return Number(match[1]);
    }
  }
  return undefined;
}
