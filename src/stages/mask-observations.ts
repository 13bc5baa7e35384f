// In: a transcript. Out: proposals to delete whole observations that are older than the newest N. The idea is JetBrains'
// (The Complexity Trap, arXiv 2508.21433, M = 10), with the whole text kept in the store.
import { isWholeMarker } from "../transcript/marker.ts";
import { type Stage, WHOLE } from "../transcript/types.ts";

export const maskObservations: Stage<{ keep: number }> = {
  name: "mask-observations",
  description: "whole observations that are older than the newest N",
  options: {
    keep: { description: "how many of the newest observations stay", default: 10, minimum: 0 },
  },

  propose(transcript, { keep }) {
    const live = transcript.observations.filter((observation) => observation.live);
    return live.slice(0, Math.max(0, live.length - keep)).flatMap((observation, index) =>
      observation.blocks
        .filter(({ text }) => text !== undefined && !isWholeMarker(text))
        .map((block) => ({
          block,
          ranges: [WHOLE],
          unit: "lines" as const,
          stage: "mask-observations",
          reason: `${live.length - index - 1} newer observations`,
          level: 0,
        })),
    );
  },
};
