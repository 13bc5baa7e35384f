// The presets: named pipelines as plain data. Options that are not named here have the default of their stage.
import type { Preset } from "../transcript/types.ts";

/** What costs an agent nothing: copies, and the middle of what is too large to be read. */
const LIGHT: Preset["stages"] = [
  ["drop-sidecars", {}],
  ["extract-payloads", { minTokens: 8000 }],
];

export const presets: readonly Preset[] = [
  {
    name: "light",
    description: "copies the model never sees, and payloads above 8k tokens",
    stages: LIGHT,
  },
  {
    name: "balanced",
    description: "light, and the lines worth least: 18 % of observations stay (the default)",
    stages: [...LIGHT, ["delete-lines", { keep: 0.18 }]],
  },
  {
    name: "aggressive",
    description: "light, and the lines worth least: 8 % of observations stay",
    stages: [...LIGHT, ["delete-lines", { keep: 0.08 }]],
  },
  {
    name: "mask",
    description: "observation masking as published: the newest 10 stay",
    stages: [["mask-observations", { keep: 10 }]],
  },
];

export const DEFAULT_PRESET = "balanced";
