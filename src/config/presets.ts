// The presets: named pipelines as plain data. Options that are not named here have the default of their stage.
import type { Preset } from "../transcript/types.ts";

/** What costs an agent nothing: it stands elsewhere, or is no longer true. */
const REPEATED: Preset["stages"] = [
  ["drop-sidecars", {}],
  ["drop-duplicates", {}],
  ["drop-superseded", {}],
];

export const presets: readonly Preset[] = [
  {
    name: "light",
    description: "copies, duplicates, what was superseded, and payloads above 8k tokens",
    stages: [...REPEATED, ["extract-payloads", { minTokens: 8000 }]],
  },
  // Below, lines decide alone: leaving only head and tail of large files first loses a fifth of the lines that agents quote later.
  {
    name: "balanced",
    description: "what is repeated or untrue, and all but the best 18 % of lines (the default)",
    stages: [...REPEATED, ["delete-lines", { keep: 0.18 }], ["mask-messages", {}]],
  },
  {
    name: "aggressive",
    description: "as balanced, but all but the best 8 % of lines",
    stages: [...REPEATED, ["delete-lines", { keep: 0.08 }], ["mask-messages", {}]],
  },
  {
    name: "mask",
    description: "observation masking as published: the newest 10 stay",
    stages: [["mask-observations", { keep: 10 }]],
  },
];

export const DEFAULT_PRESET = "balanced";
