// The presets: named pipelines as plain data. Options that are not named here have the default of their stage.
import type { Preset } from "../transcript/types.ts";

export const presets: readonly Preset[] = [
  {
    name: "light",
    description: "copies the model never sees, and payloads above 8k tokens",
    stages: [
      ["drop-sidecars", {}],
      ["extract-payloads", { minTokens: 8000 }],
    ],
  },
  {
    name: "balanced",
    description: "light, and observations older than the newest 10 (the default)",
    stages: [
      ["drop-sidecars", {}],
      ["mask-observations", { keep: 10 }],
      ["extract-payloads", { minTokens: 8000 }],
    ],
  },
  {
    name: "mask",
    description: "observation masking as published: the newest 10 stay",
    stages: [["mask-observations", { keep: 10 }]],
  },
];

export const DEFAULT_PRESET = "balanced";
