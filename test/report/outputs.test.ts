// The outputs of a report: what each must keep, whatever stands in names and transcripts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { compact } from "../../src/index.ts";
import { buildFailedReport, buildReport } from "../../src/report/build.ts";
import { type RenderOptions, renderers } from "../../src/report/index.ts";
import type { Report } from "../../src/report/report.ts";
import { fileReport } from "./reports.ts";

const root = join(import.meta.dirname, "..", "..");
const asItIs = (text: string) => text;
const paint = { strong: asItIs, faint: asItIs, removed: asItIs, added: asItIs };

async function rendered(name: string, report: Report, options: Partial<RenderOptions> = {}): Promise<string> {
  const renderer = renderers.find((candidate) => candidate.name === name)!;
  const usual = { paint, isDetailed: true, session: undefined, trigger: undefined, readAsset: () => "" };
  return [...(await renderer.render(report, { ...usual, ...options }))].join("");
}

const HOSTILE = "<script>alert(1)</script>|`*_\u001b[2J\u202e\"',\r\n@all\ud800";
const hostile = fileReport(HOSTILE, {
  context: { ...fileReport("a").context, byTool: { [HOSTILE]: { before: 900, after: 300 } } },
  largest: [{ line: 1, tool: HOSTILE, target: HOSTILE.repeat(20), tokensBefore: 500, tokensAfter: 20 }],
  reread: [{ target: HOSTILE, times: 2, tokens: 80 }],
});
const failed = buildFailedReport({ path: "z", preset: "mask", bytes: 9, storeAdded: 0 }, `no ${HOSTILE}`);
const recalled = fileReport("recalled", { recall: { cuts: 3, kept: 0.2, v: 0.9, t: undefined } });
const many = buildReport(
  [hostile, recalled, ...Array.from({ length: 39 }, (_, i) => fileReport(`runs/${i}`)), failed],
  50,
);
const one = buildReport([fileReport("runs/a.jsonl")]);

describe("text", () => {
  test.each([
    ["many files", many],
    ["one file", one],
    ["one hostile file", buildReport([{ ...hostile, path: "a" }])],
  ])("fits 80 columns and moves no cursor: %s", async (_name, report) => {
    for (const isDetailed of [true, false]) {
      const text = await rendered("text", report, { isDetailed });
      for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|[ \t]$/m);
    }
  });

  test("fits 80 columns where a letter takes two", async () => {
    const wide = "日本語の長い名前".repeat(8);
    const largest = [{ line: 1, tool: "読む", target: wide, tokensBefore: 500, tokensAfter: 20 }];
    const report = buildReport(
      ["a", "b"].map((name) => fileReport(`${wide}/👩‍👩‍👧 ${name}.jsonl`, { largest })),
    );
    const lines = (await rendered("text", report)).split("\n");
    expect(lines.filter((line) => line.includes("日本")).length).toBeGreaterThan(3);
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(80);
  });

  test("names of the largest observations leave room for what was called", async () => {
    const report = buildReport(["a", "b"].map((name) => fileReport(`runs/${name.repeat(90)}.jsonl`)));
    expect(await rendered("text", report)).toMatch(/^ {2}a+\.\.\.a+\.jsonl:7 Bash make +500 +20$/m);
  });

  test("says first how much there is, and that the run was interrupted", async () => {
    expect((await rendered("text", many)).split("\n").slice(0, 2)).toEqual([
      "42 of 50 files (interrupted), 1 failed",
      "41,000 context tokens, 16,400 after (-60 %)",
    ]);
  });

  test("has every part", async () => {
    const titles = (await rendered("text", many)).split("\n").filter((line) => /^[A-Z]/.test(line));
    expect(titles).toEqual([
      "Context tokens",
      "Observations by tool",
      "Context that repeats itself or is worth little",
      "Bytes on disk",
      "Stages",
      "Recall: what agents used later, and would still have had",
      "Growth: mean context tokens after so many steps",
      "Largest observations",
      "Files read more than once in a session",
      "Distribution over files",
      "Largest files",
      "Failed",
    ]);
  });

  test("has no table for what there is nothing of", async () => {
    const text = await rendered("text", buildReport([fileReport("a", { reread: [], largest: [] })]));
    expect(text).not.toMatch(/Files read|Largest|Distribution/);
  });
});

describe("json", () => {
  const schema = JSON.parse(readFileSync(join(root, "src/report/report.schema.json"), "utf8"));
  const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);

  const sample = (name: string) =>
    buildReport([compact(readFileSync(join(root, "samples", `${name}.jsonl`))).report]);

  test.each([
    { name: "many files", report: many },
    { name: "an interrupted run", report: buildReport([], 3) },
    { name: "one transcript", report: sample("claude-code") },
    { name: "several transcripts in a file", report: sample("openai-requests") },
  ])("is what the schema says: $name", async ({ report }) => {
    const parsed = JSON.parse(await rendered("json", report));
    validate(parsed);
    expect(validate.errors).toBeNull();
  });

  test("is checked by a schema that knows every field", async () => {
    const parsed = JSON.parse(await rendered("json", one));
    parsed.files[0].context.tokensLater = 5;
    expect(validate(parsed)).toBe(false);
  });

  test("has a row a line, so that it can be read line by line", async () => {
    const lines = (await rendered("json", many)).trimEnd().split("\n");
    expect(lines).toHaveLength(1 + 42 + 1);
    for (const line of lines.slice(1, -1)) expect(JSON.parse(line.replace(/,$/, ""))).toHaveProperty("path");
  });
});

test("ndjson has the rows of the JSON", async () => {
  const rows = (await rendered("ndjson", many)).trimEnd().split("\n");
  expect(rows.map((row) => JSON.parse(row))).toEqual(JSON.parse(await rendered("json", many)).files);
});

describe("csv", () => {
  /** As RFC 4180 has it. */
  const parse = (text: string) =>
    [...text.matchAll(/((?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,(?:"(?:[^"]|"")*"|[^",\r\n]*))*)\r\n/g)].map(
      ([, line = ""]) =>
        [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
          ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain,
        ),
    );

  test("has a row a file under one head, whatever the names hold", async () => {
    const [head = [], ...rows] = parse(await rendered("csv", many));
    expect(rows).toHaveLength(42);
    for (const row of rows) expect(row).toHaveLength(head.length);
    const cell = (row: (string | undefined)[], name: string) => row[head.indexOf(name)];
    expect(cell(rows[0]!, "path")).toBe(HOSTILE);
    expect(cell(rows[1]!, "tokens_before")).toBe("1000");
    expect(cell(rows[1]!, "break_even_turns")).toBe("4");
    expect(cell(rows.at(-1)!, "error")).toContain("no <script>");
  });
});

describe("md", () => {
  test("leaves nothing that Markdown, HTML or GitHub would act on", async () => {
    const text = await rendered("md", many);
    expect(text).not.toMatch(/<script|[^\\]`|@all|\u001b/);
    for (const line of text.split("\n").filter((row) => row.startsWith("|"))) {
      const cells = line.replaceAll("\\|", "").split("|").length;
      expect(cells, line).toBeGreaterThan(2);
    }
  });

  test("shows the tokens and folds the rest", async () => {
    const text = await rendered("md", one);
    expect(text.startsWith("**1 file, 1,000 context tokens, 400 after \\(-60 %\\)**\n\n| kind |")).toBe(true);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });
});
