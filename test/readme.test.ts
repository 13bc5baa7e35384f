// Keeps the README true: its tables are generated from the registries and from runs on the samples, and its commands are run.
// UPDATE=1 rewrites both; read the diff then.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { flags, flagUsage } from "../src/cli/flags.ts";
import { harnesses } from "../src/harness/index.ts";
import { compact, formats, presets, stages } from "../src/index.ts";
import { support, triedIn } from "./support.ts";

const root = join(import.meta.dirname, "..");
const path = join(root, "README.md");
let readme = readFileSync(path, "utf8");

const number = (value: number) => value.toLocaleString("en-US");
const percent = (before: number, after: number) => `${Math.round(100 * (1 - after / before))} %`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

function reductionTable(): string {
  const rows = ["claude-code", "codex", "openai-chat"].map((name) => {
    const source = readFileSync(join(root, "samples", `${name}.jsonl`));
    const { context, disk } = compact(source).report;
    return [
      `\`samples/${name}.jsonl\``,
      number(context.tokensBefore),
      number(context.tokensAfter),
      percent(context.tokensBefore, context.tokensAfter),
      percent(disk.before, disk.after),
    ];
  });
  return table(["with the default preset", "context tokens", "after", "less context", "fewer bytes"], rows);
}

const pipeline = (steps: (typeof presets)[number]["stages"]) =>
  steps
    .map(([name, options]) => {
      const given = Object.entries(options).map(([key, value]) => `${key}=${value}`);
      return `\`${[name, ...(given.length > 0 ? [given.join(",")] : [])].join(":")}\``;
    })
    .join(", ");

/** The headings of the page; those that its commands print stand in fences. */
function contents(): string {
  const headings = readme.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^## (.+)$/gm);
  const anchor = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, "")
      .replaceAll(" ", "-");
  return Array.from(headings, ([, heading = ""]) => `[${heading}](#${anchor(heading)})`).join(" · ");
}

const generated: Readonly<Record<string, () => string>> = {
  contents,
  reduction: reductionTable,
  presets: () =>
    table(
      ["preset", "what goes", "stages"],
      presets.map(({ name, description, stages: steps }) => [`\`${name}\``, description, pipeline(steps)]),
    ),
  stages: () =>
    table(
      ["stage", "proposes to delete", "options"],
      stages.map(({ name, description, options }) => [
        `\`${name}\``,
        description,
        Object.entries(options)
          .map(([key, spec]) => `\`${key}=${spec.default}\` ${spec.description}`)
          .join("; "),
      ]),
    ),
  formats: () =>
    table(
      ["format", "what it is", "real files", "what compact wrote is accepted by"],
      formats.map(({ name, description }) => {
        const { realFiles, accepted } = support[name]!;
        return [`\`${name}\``, description, String(realFiles), accepted];
      }),
    ),
  harnesses: () =>
    table(
      ["harness", "what is put into a project", "tried in"],
      harnesses.map((harness) => {
        const around = { cwd: ".", home: "~", env: {}, programFile: () => 'OPTIONS = ""' };
        const pieces = harness.wiring("project", around, "").pieces.map((piece) => {
          const moments = piece.kind === "hooks" ? piece.events.map(({ name }) => `\`${name}\``) : [];
          return [`\`${piece.path}\``, moments.join(", ")].filter(Boolean).join(": ");
        });
        return [`\`${harness.name}\``, pieces.join("; "), triedIn[harness.name]!];
      }),
    ),
  flags: () =>
    table(
      ["flag", "meaning"],
      flags.map((flag) => [`\`${flagUsage(flag).trim().replace("|", "\\|")}\``, flag.description]),
    ),
};

test.each(Object.keys(generated))("the table of %s is what the program says", (name) => {
  const pattern = new RegExp(`(<!-- generated: ${name} -->\n)([\\s\\S]*?)(<!-- end -->)`);
  const current = pattern.exec(readme)?.[2];
  const wanted = `${generated[name]!()}\n`;
  if (process.env.UPDATE) save(readme.replace(pattern, (_all, begin, _old, end) => begin + wanted + end));
  else expect(current).toBe(wanted);
});

const folder = mkdtempSync(join(tmpdir(), "compact-readme-"));
afterAll(() => rmSync(folder, { recursive: true }));
cpSync(join(root, "samples"), join(folder, "samples"), { recursive: true });
symlinkSync(join(root, "bin", "compact.js"), join(folder, "compact"));
chmodSync(join(root, "bin", "compact.js"), 0o755);

/** Runs in the order of the README, in one folder: later commands use what earlier ones made. */
test("every command of the README prints what the README shows", () => {
  const blocks = [...readme.matchAll(/```console\n\$ (.+)\n([\s\S]*?)```/g)];
  expect(blocks.length).toBeGreaterThan(3);
  for (const [block, command, shown] of blocks) {
    const printed = execFileSync("sh", ["-c", `${command} 2>&1`], {
      cwd: folder,
      env: { PATH: `${folder}:${process.env.PATH}`, HOME: folder },
      encoding: "utf8",
    });
    if (process.env.UPDATE)
      save(readme.replace(block, () => `\`\`\`console\n$ ${command}\n${printed}\`\`\``));
    else expect(withoutStoreSize(printed), command).toBe(withoutStoreSize(shown!));
  }
});

/** What the store grows by depends on the brotli of this Node. */
function withoutStoreSize(text: string): string {
  return text.replace(/\(\+[\d,]+ bytes\)/, "(+N bytes)");
}

function save(text: string): void {
  readme = text;
  writeFileSync(path, text);
}
