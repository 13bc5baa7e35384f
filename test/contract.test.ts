// Holds code, registries, cases, samples and names against each other, so that none can drift from the others.
import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { formats, presets, stages } from "../src/index.ts";
import { renderers } from "../src/report/index.ts";

const root = join(import.meta.dirname, "..");

/** Everything that the files of a folder export, with the file it comes from. */
async function exportsOf(folder: string): Promise<{ file: string; value: object }[]> {
  const files = readdirSync(join(root, "src", folder)).filter(
    (name) => name.endsWith(".ts") && name !== "index.ts",
  );
  const modules = await Promise.all(
    files.map(async (file) => ({
      file: basename(file, ".ts"),
      content: await import(join(root, "src", folder, file)),
    })),
  );
  return modules.flatMap(({ file, content }) =>
    Object.values(content as Record<string, unknown>).flatMap((value) =>
      typeof value === "object" && value !== null ? [{ file, value }] : [],
    ),
  );
}

describe.each(stages.map((stage) => [stage.name, stage] as const))("stage %s", (name, stage) => {
  test("has a name of verb and noun, and a description that fits a list", () => {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    expect(stage.description.length).toBeLessThanOrEqual(76);
  });

  test("documents every option, with a default that is allowed", () => {
    for (const [key, option] of Object.entries(stage.options)) {
      expect(key).toMatch(/^[a-z][A-Za-z]*$/);
      expect(option.description.length).toBeGreaterThan(10);
      expect(option.default).toBeGreaterThanOrEqual(option.minimum);
    }
  });
});

test("the registry of stages is the folder of stages, each in a file of its name", async () => {
  const found = (await exportsOf("stages")).filter(({ value }) => "propose" in value);
  expect(found.map(({ value }) => value).sort(byName)).toEqual([...stages].sort(byName));
  for (const { file, value } of found) expect((value as { name: string }).name).toBe(file);
});

test("the registry of formats is the folder of formats, each in a file of its name", async () => {
  const found = (await exportsOf("formats")).filter(({ value }) => "recognise" in value);
  expect(found.map(({ value }) => value).sort(byName)).toEqual([...formats].sort(byName));
  for (const { file, value } of found) expect((value as { name: string }).name).toBe(file);
});

test.each(formats.map(({ name }) => name))("format %s has a sample", (name) => {
  expect(existsSync(join(root, "samples", `${name}.jsonl`))).toBe(true);
});

test("presets name stages and options that exist", () => {
  for (const preset of presets) {
    expect(preset.description.length).toBeLessThanOrEqual(76);
    for (const [name, options] of preset.stages) {
      const stage = stages.find((candidate) => candidate.name === name);
      expect(Object.keys(stage?.options ?? {})).toEqual(expect.arrayContaining(Object.keys(options)));
    }
  }
});

test("no two presets, stages, formats or reports share a name", () => {
  for (const list of [presets, stages, formats, renderers]) {
    expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
  }
});

function byName(a: object, b: object): number {
  return (a as { name: string }).name < (b as { name: string }).name ? -1 : 1;
}
