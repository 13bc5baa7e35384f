// In: what a person wrote, in a configuration file or as flags. Out: the same as one checked object. Unknown keys and values
// of the wrong kind are errors that name the key and what was expected: a typo must not pass for a default.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { didYouMean } from "./names.ts";
import { SettingsError } from "./settings-error.ts";

/** One stage with the options that differ from its defaults. */
export type StageSetting = readonly [name: string, options: Readonly<Record<string, number>>];

/** Settings as they are written down; every one may be absent. */
export interface Settings {
  readonly preset?: string;
  readonly stages?: readonly StageSetting[];
  readonly protect?: readonly string[];
  readonly format?: string;
  readonly tokenizer?: string;
  readonly budget?: string | number;
  readonly tier?: string;
  readonly window?: string | number;
  readonly trigger?: string | number;
  /** Whether cuts have to pay for the prompt cache that they break, within `horizon` turns. */
  readonly cacheAware?: boolean;
  readonly horizon?: string | number;
  /** The name of a provider's prices, or such prices. */
  readonly prices?: string | Readonly<Record<string, unknown>>;
  /** Directory of the store, or false for none. */
  readonly artifacts?: string | false;
}

export const CONFIG_NAME = "compact.config.json";

const isText = (value: unknown) => typeof value === "string";
const isAmount = (value: unknown) => typeof value === "string" || typeof value === "number";
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const isStage = (value: unknown) =>
  Array.isArray(value) &&
  isText(value[0]) &&
  (value[1] === undefined || isOptions(value[1])) &&
  value.length <= 2;

/** What each key may hold, and how that is called in a message. */
const RULES: Readonly<
  Record<keyof Settings, readonly [expected: string, check: (value: unknown) => boolean]>
> = {
  preset: ["the name of a preset", isText],
  stages: ['a list of ["name", {options}]', (value) => Array.isArray(value) && value.every(isStage)],
  protect: ["a list of globs or /regex/", (value) => Array.isArray(value) && value.every(isText)],
  format: ["the name of a format", isText],
  tokenizer: ["the name of a tokenizer", isText],
  budget: ["tokens or a percentage", isAmount],
  tier: ["free or careful", isText],
  window: ["tokens", isAmount],
  trigger: ["tokens or a percentage", isAmount],
  cacheAware: ["true or false", (value) => typeof value === "boolean"],
  horizon: ["a number of turns", isAmount],
  prices: ["the name of a provider, or an object of numbers", (value) => isText(value) || isObject(value)],
  artifacts: ["a directory, or false", (value) => isText(value) || value === false],
};
const KEYS = new Map(Object.entries(RULES)); // a key of the file may be `toString`

/** The configuration file that was named, else the nearest `compact.config.json` upwards; undefined when there is none. */
export function findSettings(named: string | undefined, from: string): string | undefined {
  if (named !== undefined) return resolve(from, named);
  for (let place = from; ; place = dirname(place)) {
    const path = join(place, CONFIG_NAME);
    if (existsSync(path)) return path;
    if (place === dirname(place)) return undefined;
  }
}

/**
 * Reads a configuration file. A store that it names lies where it says from its own place.
 *
 * @throws SettingsError that says what is wrong in it; the error of the file system
 */
export function loadSettings(path: string): Settings {
  const settings = checkSettings(parse(readFileSync(path, "utf8").replace(/^\uFEFF/, "")));
  const { artifacts } = settings;
  return typeof artifacts === "string"
    ? { ...settings, artifacts: resolve(dirname(path), artifacts) }
    : settings;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SettingsError(`not JSON: ${(cause as Error).message}`, { cause });
  }
}

function checkSettings(value: unknown): Settings {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SettingsError("not settings, expected an object of them");
  }
  for (const [key, content] of Object.entries(value)) {
    const rule = KEYS.get(key);
    if (rule === undefined) {
      const known = [...KEYS.keys()];
      throw new SettingsError(`unknown key \`${key}\`, expected one of ${known.join(", ")}`, {
        hint: didYouMean(key, known),
      });
    }
    const [expected, check] = rule;
    if (!check(content)) throw new SettingsError(`wrong value for \`${key}\`, expected ${expected}`);
  }
  return value as Settings;
}

function isOptions(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((option) => typeof option === "number")
  );
}
