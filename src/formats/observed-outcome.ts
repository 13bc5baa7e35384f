// In: the blocks of a result, and what the harness recorded beside them. Out: how the call ended.
import { failedUnseen } from "../transcript/hidden-failures.ts";
import { parseCutText } from "../transcript/marker.ts";
import { outcomeOf } from "../transcript/outcomes.ts";
import type { Block, Outcome } from "../transcript/types.ts";

/** What a harness recorded about a result beside its text. */
export interface ResultFlags {
  readonly failed?: boolean | undefined;
  readonly exitCode?: number | undefined;
  /** What silence means, where neither a flag nor the text says how the call ended; `ran` unless given. */
  readonly unsaid?: Outcome;
  /** For formats that name the tool on the result. */
  readonly toolName?: string | undefined;
  /** For formats whose calls are plain text. */
  readonly target?: string | undefined;
}

/** A cut block says in its marker how the call ended; the sign in its text may be gone. */
export function observedOutcome(
  blocks: readonly Block[],
  flags: ResultFlags,
  { toolName, target }: { toolName: string; target: string | undefined },
): Outcome {
  const texts = blocks.flatMap(({ text }) => (text === undefined ? [] : [text]));
  for (const text of texts) {
    const cut = parseCutText(text);
    if (cut !== undefined) return cut.marker.outcome;
  }
  const text = texts.join("\n");
  const outcome = outcomeOf(text, flags);
  if (outcome === "ran") return flags.unsaid ?? outcome;
  return outcome === "ok" && failedUnseen(toolName, target, text) ? "failed" : outcome;
}
