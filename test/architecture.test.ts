// Reads the import lines of src/ and holds them against the arrows of the design: who may know whom.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }));

/** From left to right: a part may import parts further left. Parts on one step do not know each other. */
const STEPS: readonly (readonly string[])[] = [
  ["transcript", "escape"],
  ["jsonl", "tokens", "scoring", "cost"],
  ["formats", "stages", "artifacts"],
  ["engine"],
  ["config"],
  ["compact.ts", "restore.ts"],
  ["report", "evaluate", "memory", "exec", "save-removed.ts", "keep-observations.ts"],
  ["index.ts", "watch", "harness"],
  ["cli"],
];

/** The only parts that may use a library or a part of Node. Everything else is free of it. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  commander: ["cli"],
  chalk: ["cli"],
  ora: ["cli"],
  "fast-glob": ["cli"],
  "cli-table3": ["report"],
  "string-width": ["report"],
  "d3-hierarchy": ["report"],
  "d3-shape": ["report"],
  minisearch: ["memory"],
  "jsonc-parser/lib/esm/main.js": ["harness"],
  "@modelcontextprotocol/sdk/server/index.js": ["cli"],
  "js-tiktoken": [],
  "node:fs": ["artifacts", "config", "cli", "tokens", "watch", "harness"],
  "node:process": [],
  "node:child_process": ["harness", "cli"],
  "node:worker_threads": ["cli", "watch"],
};

const partOf = (name: string) => name.split("/")[0]!;
const stepOf = (part: string) => STEPS.findIndex((parts) => parts.includes(part));

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1]!);
}

describe("imports point to the left", () => {
  test.each(files)("$name", ({ name, text }) => {
    const part = partOf(name);
    expect(stepOf(part), `${part} has a place in the order`).toBeGreaterThanOrEqual(0);
    for (const imported of importsOf(text).filter((path) => path.startsWith("."))) {
      const target = partOf(relative(root, join(root, dirname(name), imported)));
      if (target === part || target === "..") continue; // "..": package.json, for the version
      expect(stepOf(target), `${name} imports ${imported}`).toBeLessThan(stepOf(part));
    }
  });
});

describe("libraries and Node stay where they belong", () => {
  test.each(files)("$name", ({ name, text }) => {
    for (const imported of importsOf(text)) {
      const owners = OWNERS[imported];
      if (owners !== undefined) expect(owners, `${name} imports ${imported}`).toContain(partOf(name));
    }
  });

  test("a stage knows transcripts and scoring, and no other stage", () => {
    for (const { name, text } of files.filter(
      (file) => partOf(file.name) === "stages" && file.name !== "stages/index.ts",
    )) {
      for (const imported of importsOf(text)) {
        expect(imported, `${name} imports ${imported}`).toMatch(/^\.\.\/(?:transcript|scoring)\//);
      }
    }
  });
});

describe("every file", () => {
  test.each(files)("$name says first what it is for", ({ text }) => {
    expect(text).toMatch(/^\/\/ \S/);
  });

  test.each(files)("$name neither ends the process nor prints past its streams", ({ text }) => {
    expect(text).not.toMatch(/process\.exit\(|console\./);
  });

  test.each(files)("$name has a name that tells something", ({ name }) => {
    expect(name).not.toMatch(/(?:^|\/)(?:utils?|helpers?|common|misc|manager)(?:\/|\.ts$)/);
  });
});
