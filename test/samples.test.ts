// Runs every preset over every sample: real tool outputs, in sizes that the generated transcripts do not reach.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compact, formats, presets } from "../src/index.ts";
import { expectPromisesKept } from "./promises.ts";

const folder = join(import.meta.dirname, "..", "samples");
const samples = readdirSync(folder).filter((name) =>
  formats.some((format) => name === `${format.name}.jsonl`),
);

describe.each(samples)("%s", (name) => {
  const source = readFileSync(join(folder, name));

  test("is detected by its content", () => {
    expect(`${compact(source).report.format}.jsonl`).toBe(name);
  });

  test.each(presets.map((preset) => preset.name))("keeps every promise with preset %s", (preset) => {
    expectPromisesKept(source, { preset });
  });

  test("gives the same bytes with the endings of Windows, but for the endings", () => {
    const windows = Buffer.from(source.toString().replaceAll("\n", "\r\n"));
    const [unix, dos] = [source, windows].map((bytes) =>
      Buffer.concat([...compact(bytes).chunks()]).toString(),
    );
    expect(dos).toBe(unix!.replaceAll("\n", "\r\n"));
  });
});
