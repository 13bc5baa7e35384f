// In: a transcript. Out: proposals to delete what the agent said in its older steps, the oldest first. Careful: the engine shields such
// text unless a budget asks for it and the user allowed it.
import { isWholeMarker } from "../transcript/marker.ts";
import { messagesOf } from "../transcript/messages.ts";
import { type Stage, WHOLE } from "../transcript/types.ts";

export const maskMessages: Stage<{ keep: number }> = {
  name: "mask-messages",
  description: "assistant text of old steps: under a budget, with --tier careful",
  options: {
    keep: { description: "in how many of the newest steps it stays", default: 10, minimum: 0 },
  },

  propose(transcript, { keep }, plan) {
    const newest = transcript.entries.reduce((most, { step }) => Math.max(most, step), 0);
    return messagesOf(transcript)
      .filter(({ step }) => step <= newest - keep)
      .flatMap(({ blocks }) => blocks)
      .filter((block) => plan.protectedLines(block).length === 0 && !isWholeMarker(block.text ?? ""))
      .map((block, age) => ({
        block,
        ranges: [WHOLE],
        unit: "lines" as const,
        stage: "mask-messages",
        reason: `said ${newest - block.entry.step} steps ago`,
        level: age,
      }));
  },
};
