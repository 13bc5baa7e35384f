// In: a transcript. Out: proposals to delete what the agent thought and said in its older steps: first all thinking, then what it said,
// the oldest first. Careful: the engine shields such text unless a budget asks for it and the user allowed it.
import { isWholeMarker } from "../transcript/marker.ts";
import { messagesOf } from "../transcript/messages.ts";
import { type Block, type Stage, WHOLE } from "../transcript/types.ts";

/** What was thought led to what was said, which stays longer. */
function rank({ kind }: Block): number {
  return kind === "thinking" ? 0 : 1;
}

export const maskMessages: Stage<{ keep: number }> = {
  name: "mask-messages",
  description: "unsigned thinking and text of old steps: a budget with --tier careful",
  options: {
    keep: { description: "in how many of the newest steps it stays", default: 10, minimum: 0 },
  },

  propose(transcript, { keep }, plan) {
    const newest = transcript.entries.reduce((most, { step }) => Math.max(most, step), 0);
    return messagesOf(transcript)
      .filter(({ step }) => step <= newest - keep)
      .flatMap(({ blocks }) => blocks)
      .filter((block) => plan.protectedLines(block).length === 0 && !isWholeMarker(block.text ?? ""))
      .sort((a, b) => rank(a) - rank(b))
      .map((block, level) => ({
        block,
        ranges: [WHOLE],
        unit: "lines" as const,
        stage: "mask-messages",
        reason: `${block.kind === "thinking" ? "thought" : "said"} ${newest - block.entry.step} steps ago`,
        level,
      }));
  },
};
