// In: the flags of the main command and the configuration file. Out: one set of settings: defaults < file < flags.
import { readFileSync } from "node:fs";
import { resolve as resolvePath } from "node:path";
import { didYouMean } from "../config/names.ts";
import { parseStage } from "../config/resolve.ts";
import { findSettings, loadSettings, type Settings } from "../config/settings.ts";
import { cachePrices } from "../cost/cache-prices.ts";
import { CliError, describeError } from "./messages.ts";

/** What the flags say, as the parser hands it over. */
export interface CompactFlags {
  readonly output?: string;
  readonly inPlace?: boolean;
  /** False for `--no-artifacts`. */
  readonly artifacts?: string | false;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly preset?: string;
  readonly stage?: readonly string[];
  readonly protect?: readonly string[];
  readonly budget?: string;
  readonly tier?: string;
  readonly trigger?: string;
  readonly window?: string;
  readonly cacheAware?: boolean;
  readonly horizon?: string;
  readonly prices?: string;
  readonly format?: string;
  readonly tokenizer?: string;
  readonly strict?: boolean;
  readonly config?: string;
  readonly report?: string;
  readonly reportFile?: string;
  readonly jobs?: string;
  readonly resume?: boolean;
  readonly shard?: string;
  readonly eachLine?: boolean;
  readonly inlineArtifacts?: boolean;
  readonly explain?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: string;
  readonly printConfig?: boolean;
}

/** Settings of the same name in flags and file. */
const SHARED = [
  "protect",
  "budget",
  "tier",
  "trigger",
  "window",
  "cacheAware",
  "horizon",
  "format",
  "tokenizer",
] as const;

/**
 * A stage on the command line replaces the pipeline; a preset there replaces the stages of the file.
 *
 * @throws CliError naming the configuration file; SettingsError
 */
export function settingsOf(flags: CompactFlags, cwd: string): Settings {
  const file = fileSettings(flags.config, cwd);
  const shared = SHARED.filter((key) => flags[key] !== undefined).map((key) => [key, flags[key]]);
  const settings: Settings = {
    ...file,
    ...Object.fromEntries(shared),
    ...storeOf(flags, cwd),
    ...pricesOf(flags, cwd),
  };
  if (flags.stage !== undefined) return { ...settings, stages: flags.stage.map(parseStage) };
  if (flags.preset === undefined) return settings;
  const { stages: _replaced, ...rest } = settings;
  return { ...rest, preset: flags.preset };
}

function storeOf({ artifacts }: CompactFlags, cwd: string): Pick<Settings, "artifacts"> {
  if (artifacts === undefined) return {};
  return { artifacts: artifacts === false ? false : resolvePath(cwd, artifacts) };
}

/** A name of the table, else a file of own prices. */
function pricesOf({ prices }: CompactFlags, cwd: string): Pick<Settings, "prices"> {
  if (prices === undefined) return {};
  if (cachePrices.some(({ name }) => name === prices)) return { prices };
  try {
    return { prices: JSON.parse(readFileSync(resolvePath(cwd, prices), "utf8")) };
  } catch (cause) {
    const names = cachePrices.map(({ name }) => name);
    throw new CliError(
      `--prices ${prices}: ${describeError(cause).message}, expected ${names.join(", ")} or a file of JSON`,
      {
        hint: didYouMean(prices, names),
        cause,
      },
    );
  }
}

function fileSettings(named: string | undefined, cwd: string): Settings {
  const path = findSettings(named, cwd);
  if (path === undefined) return {};
  try {
    return loadSettings(path);
  } catch (cause) {
    const { message, hint } = describeError(cause);
    throw new CliError(`${path}: ${message}`, { hint, cause });
  }
}
