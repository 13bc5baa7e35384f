// Runs every case under test/stages/<stage>/<case>/: input.jsonl and options.json in, expected.jsonl out. UPDATE=1 rewrites
// what is expected; read the diff then. Each case is also held against the promises.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Settings, stages } from "../src/index.ts";
import { expectPromisesKept } from "./promises.ts";

const root = join(import.meta.dirname, "stages");

const cases = readdirSync(root).flatMap((stage) =>
  readdirSync(join(root, stage)).map((name) => ({ stage, name, folder: join(root, stage, name) })),
);

describe.each(cases)("$stage: $name", ({ stage, folder }) => {
  const source = readFileSync(join(folder, "input.jsonl"));
  const settings: Settings = {
    stages: [[stage, {}]],
    ...(existsSync(join(folder, "options.json"))
      ? JSON.parse(readFileSync(join(folder, "options.json"), "utf8"))
      : {}),
  };

  test("gives what is expected, and keeps every promise", () => {
    const output = expectPromisesKept(source, settings);
    const expected = join(folder, "expected.jsonl");
    if (process.env.UPDATE) writeFileSync(expected, output);
    expect(output.toString()).toBe(readFileSync(expected, "utf8"));
  });
});

test.each(stages.map(({ name }) => name))("%s has cases", (name) => {
  expect(cases.filter(({ stage }) => stage === name).length).toBeGreaterThanOrEqual(3);
});
