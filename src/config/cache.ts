// In: what settings say about prompt caches. Out: prices and horizon, checked.
import { type CachePrices, cachePrices, DEFAULT_CACHE_PRICES } from "../cost/cache-prices.ts";
import type { CacheAim } from "../engine/keep-what-pays.ts";
import { find } from "./names.ts";
import type { Settings } from "./settings.ts";
import { SettingsError } from "./settings-error.ts";

/** A session of that many more turns is usual: half of 3,251 public Claude Code sessions read a token twice, long ones 34 times. */
const DEFAULT_HORIZON = 20;

const NUMBERS = ["write", "read", "minimumTokens", "lifetimeSeconds", "dollarsPerMillion"] as const;

/** @throws SettingsError on an unknown provider and on numbers that are none */
export function resolveCache({ prices, horizon }: Settings): CacheAim {
  const turns = horizon === undefined ? DEFAULT_HORIZON : Number(horizon);
  if (!Number.isInteger(turns) || turns < 0) {
    throw new SettingsError(`horizon: \`${horizon}\`, expected a number of turns`);
  }
  return { prices: resolvePrices(prices), horizon: turns };
}

/** What is left out is as with the default provider. */
function resolvePrices(setting: Settings["prices"]): CachePrices {
  if (setting === undefined) return DEFAULT_CACHE_PRICES;
  if (typeof setting === "string") return find("prices", cachePrices, setting);
  for (const [key, value] of Object.entries(setting)) {
    if (key === "name") continue;
    if (!NUMBERS.some((name) => name === key)) {
      throw new SettingsError(`prices: unknown key \`${key}\`, expected one of ${NUMBERS.join(", ")}`);
    }
    if (typeof value !== "number" || !(value >= 0)) {
      throw new SettingsError(`prices: wrong value for \`${key}\`, expected a number that is not negative`);
    }
  }
  return { ...DEFAULT_CACHE_PRICES, name: "own", ...setting };
}
