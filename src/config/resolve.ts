// In: settings as written. Out: the configuration of a run: names looked up, defaults filled in, amounts read.
import leven from "leven";
import type { Amount } from "../engine/limits.ts";
import type { Step } from "../engine/proposals.ts";
import { formats } from "../formats/index.ts";
import { stages } from "../stages/index.ts";
import { tokenizers } from "../tokens/index.ts";
import type { Stage } from "../transcript/types.ts";
import type { Config } from "./config.ts";
import { DEFAULT_PRESET, presets } from "./presets.ts";
import { type Settings, SettingsError, type StageSetting } from "./settings.ts";

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
    window,
    trigger,
    withRefs: settings.artifacts !== false,
  };
}

/** `name:key=value,key=value`, as `--stage` takes it. */
export function parseStage(text: string): StageSetting {
  const [name = "", list = ""] = text.split(/:(.*)/s);
  const options: Record<string, number> = {};
  for (const pair of list.split(",").filter((part) => part !== "")) {
    const [key = "", value] = pair.split("=");
    if (value === undefined || value === "" || !Number.isFinite(Number(value))) {
      throw new SettingsError(`\`${pair}\` in --stage ${text}, expected key=number`);
    }
    options[key] = Number(value);
  }
  return [name, options];
}

/** The configuration as settings again, complete: what `--print-config` shows and `--config` takes. */
export function describe(config: Config, artifacts: string | false): Settings {
  const amount = (value: Amount | undefined) =>
    value === undefined ? undefined : "tokens" in value ? value.tokens : `${value.percent}%`;
  const settings = {
    stages: config.steps.map(({ stage, options }): StageSetting => [stage.name, options]),
    protect: config.protect,
    format: config.format?.name,
    tokenizer: config.tokenizer,
    budget: amount(config.budget),
    window: config.window,
    trigger: amount(config.trigger),
    artifacts,
  };
  return JSON.parse(JSON.stringify(settings));
}

function resolveStep([name, given]: StageSetting): Step {
  const stage: Stage = find("stage", stages, name);
  const options: Record<string, number> = {};
  for (const [key, spec] of Object.entries(stage.options)) {
    const value = given?.[key] ?? spec.default;
    if (value < spec.minimum) {
      throw new SettingsError(`${name}: ${key} is ${value}, expected ${spec.minimum} or more`);
    }
    options[key] = value;
  }
  for (const key of Object.keys(given ?? {})) {
    if (!(key in options)) throw unknownName(`option of ${name}`, key, Object.keys(options));
  }
  return { stage, options };
}

/** `120000`, `40k` and `1.5m` are tokens, `30%` a percentage. */
function parseAmount(setting: string, value: string | number | undefined): Amount | undefined {
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
  const expression = /^\/(.+)\/([a-z]*)$/s.exec(pattern);
  if (expression === null) return pattern;
  try {
    new RegExp(expression[1]!, expression[2]);
    return pattern;
  } catch (cause) {
    throw new SettingsError(`protect: ${pattern}: ${(cause as Error).message}`, { cause });
  }
}

function find<T extends { readonly name: string }>(what: string, known: readonly T[], name: string): T {
  const found = known.find((item) => item.name === name);
  if (found !== undefined) return found;
  throw unknownName(
    what,
    name,
    known.map((item) => item.name),
  );
}

/** The most letters that may differ between what was typed and what was meant. */
const MAX_TYPOS = 3;

function unknownName(what: string, name: string, known: readonly string[]): SettingsError {
  const near = known
    .filter((other) => leven(name, other) <= MAX_TYPOS)
    .sort((a, b) => leven(name, a) - leven(name, b))[0];
  const hint = near === undefined ? undefined : `did you mean \`${near}\`?`;
  return new SettingsError(`unknown ${what} \`${name}\`, expected one of ${known.join(", ")}`, { hint });
}
