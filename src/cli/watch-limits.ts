// In: flags and settings. Out: when `watch` cuts a session, and how far: the same limits for a replay. A share refers to the window.
import { parseAmount, resolve } from "../config/resolve.ts";
import type { Settings } from "../config/settings.ts";
import type { CutLimits } from "../cost/cut-order.ts";
import { type Amount, tokensOf } from "../engine/limits.ts";
import { CliError } from "./messages.ts";

/** As they are written; every one may be absent. */
export interface LimitFlags {
  readonly target?: string;
  readonly minSavings?: string;
  readonly holdOff?: string;
}

export interface WatchLimits extends CutLimits {
  /** After a cut, a session is left alone that long. In milliseconds. */
  readonly holdOff: number;
}

const DEFAULTS = { window: "200k", trigger: "80%", target: "45%", minSavings: "10%", holdOff: "60" };

/** @returns the limits, and the settings with a window and a trigger in any case */
export function watchLimits(
  given: Settings,
  { target, minSavings, holdOff }: LimitFlags,
): { limits: WatchLimits; settings: Settings; window: number } {
  const settings = {
    ...given,
    window: given.window ?? DEFAULTS.window,
    trigger: given.trigger ?? DEFAULTS.trigger,
  };
  const { window = 0, trigger, cacheAware } = resolve(settings);
  const tokens = (name: string, amount: Amount | undefined) => tokensIn(name, amount, window);
  const limits = {
    trigger: tokens("trigger", trigger),
    target: tokens("target", parseAmount("target", target ?? DEFAULTS.target)),
    minimumSavings: tokens("min-savings", parseAmount("min-savings", minSavings ?? DEFAULTS.minSavings)),
    isCacheAware: cacheAware,
    holdOff: holdOffOf(holdOff),
  };
  if (limits.target >= limits.trigger) {
    throw new CliError(`--target ${limits.target} is not below the trigger of ${limits.trigger} tokens`, {
      hint: "between them lies what a session may grow between two cuts",
    });
  }
  return { limits, settings, window };
}

function tokensIn(name: string, amount: Amount | undefined, window: number): number {
  const tokens = tokensOf(amount, window);
  if (tokens === undefined) throw new CliError(`--${name}: expected tokens, or a share of the window`);
  return tokens;
}

/** @returns milliseconds */
function holdOffOf(seconds = DEFAULTS.holdOff): number {
  if (!/^\d+(\.\d+)?$/.test(seconds)) throw new CliError(`--hold-off: \`${seconds}\`, expected seconds`);
  return Number(seconds) * 1000;
}
