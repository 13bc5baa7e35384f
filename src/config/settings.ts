// In: what a person wrote, in a configuration file or as flags. Out: the same as one checked object. Unknown keys and values
// of the wrong kind are errors that name the key and what was expected: a typo must not pass for a default.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

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
  readonly window?: string | number;
  readonly trigger?: string | number;
  /** Directory of the store, or false for none. */
  readonly artifacts?: string | false;
}

/** A mistake in flags or configuration: the message says what is wrong and what was expected. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly hint: string | undefined;
  constructor(message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
  }
}

export const CONFIG_NAME = "compact.config.json";

const isText = (value: unknown) => typeof value === "string";
const isAmount = (value: unknown) => typeof value === "string" || typeof value === "number";
const isStage = (value: unknown) =>
  Array.isArray(value) &&
  isText(value[0]) &&
  (value[1] === undefined || isOptions(value[1])) &&
  value.length <= 2;

/** What each key may hold, and how that is called in a message. */
const KEYS: Readonly<
  Record<keyof Settings, readonly [expected: string, check: (value: unknown) => boolean]>
> = {
  preset: ["the name of a preset", isText],
  stages: ['a list of ["name", {options}]', (value) => Array.isArray(value) && value.every(isStage)],
  protect: ["a list of globs or /regex/", (value) => Array.isArray(value) && value.every(isText)],
  format: ["the name of a format", isText],
  tokenizer: ["the name of a tokenizer", isText],
  budget: ["tokens or a percentage", isAmount],
  window: ["tokens", isAmount],
  trigger: ["tokens or a percentage", isAmount],
  artifacts: ["a directory, or false", (value) => isText(value) || value === false],
};

/**
 * The settings of the file that was named, else of the nearest `compact.config.json` upwards, else none.
 *
 * @throws SettingsError naming the file
 */
export function loadSettings(
  named: string | undefined,
  from: string,
): { settings: Settings; path: string | undefined } {
  const path = named ?? findUpwards(from);
  if (path === undefined) return { settings: {}, path };
  const text = named === undefined ? tryRead(path) : read(path);
  if (text === undefined) return { settings: {}, path: undefined };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SettingsError(`${path}: not JSON: ${(cause as Error).message}`, { cause });
  }
  return { settings: checkSettings(value, path), path };
}

function checkSettings(value: unknown, path: string): Settings {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new SettingsError(`${path}: expected an object of settings`);
  }
  for (const [key, content] of Object.entries(value)) {
    const rule = KEYS[key as keyof Settings];
    if (rule === undefined) {
      throw new SettingsError(
        `${path}: unknown key \`${key}\`, expected one of ${Object.keys(KEYS).join(", ")}`,
      );
    }
    if (!rule[1](content))
      throw new SettingsError(`${path}: wrong value for \`${key}\`, expected ${rule[0]}`);
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

function findUpwards(from: string): string | undefined {
  for (let place = from; ; place = dirname(place)) {
    const path = join(place, CONFIG_NAME);
    if (tryRead(path) !== undefined) return path;
    if (place === dirname(place)) return undefined;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new SettingsError(`${path}: cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
