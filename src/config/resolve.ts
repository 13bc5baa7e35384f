// In: settings as written. Out: the configuration of a run: names looked up, defaults filled in, amounts read.
import { cachePrices } from "../cost/cache-prices.ts";
import type { Amount } from "../engine/limits.ts";
import type { Step } from "../engine/proposals.ts";
import { formats } from "../formats/index.ts";
import { stages } from "../stages/index.ts";
import { tokenizers } from "../tokens/index.ts";
import type { Stage } from "../transcript/types.ts";
import { resolveCache } from "./cache.ts";
import type { Config } from "./config.ts";
import { find } from "./names.ts";
import { DEFAULT_PRESET, presets } from "./presets.ts";
import type { Settings, StageSetting } from "./settings.ts";
import { SettingsError } from "./settings-error.ts";

/** @throws SettingsError on unknown names, options out of range and amounts that are none */
export function resolve(settings: Settings): Config {
  const presetName = settings.stages === undefined ? (settings.preset ?? DEFAULT_PRESET) : undefined;
  const pipeline = presetName === undefined ? settings.stages! : find("preset", presets, presetName).stages;
  const window = parseTokens("window", settings.window);
  const trigger = parseAmount("trigger", settings.trigger);
  if (trigger !== undefined && "percent" in trigger && window === undefined) {
    throw new SettingsError(`a trigger of ${settings.trigger} needs the size of the window`, {
      hint: "add --window 200k, or give the trigger in tokens",
    });
  }
  return {
    preset: presetName,
    steps: pipeline.map(resolveStep),
    protect: (settings.protect ?? []).map(checkPattern),
    format: settings.format === undefined ? undefined : find("format", formats, settings.format),
    tokenizer: find("tokenizer", tokenizers, settings.tokenizer ?? "o200k_base").name,
    budget: parseAmount("budget", settings.budget),
    tier: resolveTier(settings),
    window,
    trigger,
    cacheAware: settings.cacheAware === true,
    cache: resolveCache(settings),
    withRefs: settings.artifacts !== false,
  };
}

/** `name:key=value,key=value`, as `--stage` takes it. */
export function parseStage(text: string): StageSetting {
  const [name = "", list = ""] = text.split(/:(.*)/s);
  const options = new Map<string, number>();
  for (const pair of list.split(",").filter((part) => part !== "")) {
    const [key = "", value] = pair.split("=");
    if (value === undefined || value === "" || !Number.isFinite(Number(value))) {
      throw new SettingsError(`\`${pair}\` in --stage ${text}, expected key=number`);
    }
    options.set(key, Number(value));
  }
  return [name, Object.fromEntries(options)];
}

/**
 * The configuration as settings again, complete: what `--print-config` shows and `--config` takes.
 *
 * @param artifacts the store, where one was named: which one is the nearest depends on where a run starts
 */
export function describe(config: Config, artifacts: string | false | undefined): Settings {
  const amount = (value: Amount | undefined) =>
    value === undefined ? undefined : "tokens" in value ? value.tokens : `${value.percent}%`;
  const settings = {
    stages: config.steps.map(({ stage, options }): StageSetting => [stage.name, options]),
    protect: config.protect,
    format: config.format?.name,
    tokenizer: config.tokenizer,
    budget: amount(config.budget),
    tier: config.tier === "free" ? undefined : config.tier,
    window: config.window,
    trigger: amount(config.trigger),
    cacheAware: config.cacheAware,
    horizon: config.cache.horizon,
    prices: cachePrices.includes(config.cache.prices) ? config.cache.prices.name : config.cache.prices,
    artifacts,
  };
  return JSON.parse(JSON.stringify(settings));
}

const TIERS = [{ name: "free" }, { name: "careful" }] as const;

function resolveTier({ tier = "free", budget }: Settings): Config["tier"] {
  const { name } = find<(typeof TIERS)[number]>("tier", TIERS, tier);
  if (name === "careful" && budget === undefined) {
    throw new SettingsError(
      "tier careful without a budget, expected both: it is for what only a tight budget may touch",
      {
        hint: "add --budget 30%, or leave the tier out",
      },
    );
  }
  return name;
}

function resolveStep([name, given]: StageSetting): Step {
  const stage: Stage = find("stage", stages, name);
  const specs = Object.entries(stage.options).map(([key, spec]) => ({ name: key, ...spec }));
  const values = new Map(specs.map((spec) => [spec.name, spec.default]));
  for (const [key, value] of Object.entries(given ?? {})) {
    const { minimum } = find(`option of ${name}`, specs, key);
    if (value < minimum) throw new SettingsError(`${name}: ${key} is ${value}, expected ${minimum} or more`);
    values.set(key, value);
  }
  return { stage, options: Object.fromEntries(values) };
}

/** `120000`, `40k` and `1.5m` are tokens, `30%` a percentage. */
export function parseAmount(setting: string, value: string | number | undefined): Amount | undefined {
  if (value === undefined) return undefined;
  const match = /^(\d+(?:\.\d+)?)(k|m|%)?$/i.exec(String(value).trim());
  if (match === null)
    throw new SettingsError(`${setting}: \`${value}\`, expected tokens such as 40k or a percentage`);
  const [, digits, unit = ""] = match;
  if (unit === "%") return { percent: Number(digits) };
  const scale = { "": 1, k: 1000, m: 1_000_000 }[unit.toLowerCase()] ?? 1;
  return { tokens: Math.round(Number(digits) * scale) };
}

function parseTokens(setting: string, value: string | number | undefined): number | undefined {
  const amount = parseAmount(setting, value);
  if (amount !== undefined && "percent" in amount) {
    throw new SettingsError(`${setting}: \`${value}\`, expected tokens such as 200k`);
  }
  return amount?.tokens;
}

function checkPattern(pattern: string): string {
  if (pattern === "") throw new SettingsError("protect: an empty pattern, expected a glob or /regex/");
  const expression = /^\/(.+)\/([a-z]*)$/s.exec(pattern);
  if (expression === null) return pattern;
  try {
    new RegExp(expression[1]!, expression[2]);
    return pattern;
  } catch (cause) {
    throw new SettingsError(`protect: ${pattern}: ${(cause as Error).message}`, { cause });
  }
}
