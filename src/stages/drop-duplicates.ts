// In: a transcript. Out: proposals to delete observations that stand word for word in a later one. The idea is DCP's.
import { type Observation, type Stage, WHOLE } from "../transcript/types.ts";

export const dropDuplicates: Stage<{ minTokens: number }> = {
  name: "drop-duplicates",
  description: "observations that are equal to a later one",
  options: {
    minTokens: { description: "leave observations below this size, in tokens", default: 40, minimum: 0 },
  },

  propose(transcript, { minTokens }, plan) {
    const later = new Set<string>();
    const isRepeated = ({ blocks }: Observation) => {
      const text = blocks.map((block) => block.text ?? "").join("\n");
      const isKnown = later.has(text);
      later.add(text);
      return isKnown;
    };
    return transcript.observations
      .filter(({ live, blocks }) => live && !blocks.some(({ settled }) => settled))
      .toReversed()
      .filter(isRepeated)
      .flatMap(({ blocks }) => blocks)
      .filter((block) => block.text !== undefined && plan.originalTokens(block) >= minTokens)
      .map((block) => ({
        block,
        ranges: [WHOLE],
        unit: "lines",
        stage: "drop-duplicates",
        reason: "a later observation is equal",
        level: 0,
      }));
  },
};
