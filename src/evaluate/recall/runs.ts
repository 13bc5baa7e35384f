// In: budgets and presets by name. Out: the ways to compact that are measured.
import { resolve } from "../../config/resolve.ts";
import type { Settings } from "../../config/settings.ts";
import type { Measurement, Run } from "./measure.ts";

export const DEFAULT_BUDGETS = "10%,20%,30%,50%";

export interface Wanted {
  /** Shares of the observation tokens, or tokens, by which the first preset is measured. */
  readonly budgets: readonly string[];
  readonly presets: readonly string[];
  readonly withBaselines: boolean;
  /** What holds for all of them. */
  readonly settings: Settings;
}

/** @throws SettingsError on unknown presets and amounts that are none */
export function measurementOf({ budgets, presets, withBaselines, settings }: Wanted): Measurement {
  const configs = presets.map((preset) => resolve({ ...settings, preset }));
  const rival = configs[0] ?? resolve(settings);
  const runs = [
    ...budgets.map(
      (name): Run => ({ name, kind: "budget", config: rival, budget: resolve({ budget: name }).budget }),
    ),
    ...configs.map((config, i): Run => ({ name: presets[i]!, kind: "preset", config, budget: undefined })),
  ];
  return { runs, withBaselines, rival };
}
