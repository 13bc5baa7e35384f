// In: a transcript. Out: proposals to delete the long strings of copies that the model never sees. Frees bytes on disk, no context.
import { type Stage, WHOLE } from "../transcript/types.ts";

export const dropSidecars: Stage<{ minBytes: number }> = {
  name: "drop-sidecars",
  description: "copies of payloads that the model never sees: frees disk, not context",
  options: {
    minBytes: {
      description: "leave strings below this size, in bytes of the file",
      default: 200,
      minimum: 64,
    },
  },

  propose(transcript, { minBytes }) {
    return transcript.blocks
      .filter((block) => block.kind === "sidecar" && block.bytes >= minBytes)
      .map((block) => ({
        block,
        ranges: [WHOLE],
        unit: "characters",
        stage: "drop-sidecars",
        reason: "a copy that the model never sees",
        level: 0,
      }));
  },
};
