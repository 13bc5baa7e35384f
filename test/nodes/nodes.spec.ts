// The built program, run by newer generations of Node: the same bytes on stdout, the same words on stderr, the same exit code.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { formats } from "../../src/formats/index.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const NODES = ["node-22", "node-24"].map((name) =>
  join(process.env.COMPACT_NODES ?? "", "node_modules", name, "bin", "node"),
);

function samplesPlace(): string {
  const place = mkdtempSync(join(tmpdir(), "compact-nodes-"));
  onTestFinished(() => rmSync(place, { recursive: true }));
  cpSync(join(ROOT, "samples"), join(place, "samples"), { recursive: true });
  return place;
}

function run(node: string, place: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(node, [join(ROOT, "bin", "compact.js"), ...args], {
    cwd: place,
    env: { HOME: place },
    maxBuffer: 2 ** 28,
  });
  return { status, stdout: stdout.toString("utf8"), stderr: stderr.toString("utf8") };
}

/** Commands that reach every file of the program which the build makes, one after the other in the same folder. */
const COMMANDS: readonly (readonly string[])[] = [
  ["--help"],
  ["samples/codex.jsonl", "-o", "small.jsonl"],
  ["restore", "small.jsonl"],
  ["report", "samples/*.jsonl", "--jobs", "2"],
  ["report", "samples/pi.jsonl", "--report", "html"],
  ["diff", "samples/codex.jsonl", "small.jsonl"],
  ["plan", "samples/openai-chat.jsonl"],
  ["facts", "samples/claude-code.jsonl"],
  ["actions", "samples/codex.jsonl"],
  ["search", "parcels", "--limit", "3"],
  ["evaluate", "samples/codex.jsonl", "--budgets", "30%"],
  ["watch", "small.jsonl", "--window", "200k", "--once"],
  ["gc"],
  ["--no-such-flag"],
];

describe.each(NODES)("%s", (node) => {
  test("is a newer generation than the one that runs the tests", () => {
    const generation = (program: string) =>
      Number.parseInt(spawnSync(program, ["-p", "process.versions.node"]).stdout.toString(), 10);
    expect(generation(node)).toBeGreaterThan(20);
  });

  test.each(formats.map(({ name }) => name))("compacts %s to the same bytes", (format) => {
    const args = ["-q", `samples/${format}.jsonl`];
    const expected = run(process.execPath, samplesPlace(), args);
    expect(expected).toMatchObject({ status: 0, stderr: "" });
    expect(run(node, samplesPlace(), args)).toEqual(expected);
  });

  test("says the same in every command", () => {
    const [here, there] = [samplesPlace(), samplesPlace()];
    for (const args of COMMANDS) {
      const expected = run(process.execPath, here, args);
      const { status, stdout, stderr } = run(node, there, args);
      const named = (text: string) => text.replaceAll(there, here);
      expect({ args, status, stdout: named(stdout), stderr: named(stderr) }).toEqual({ args, ...expected });
    }
    const read = (place: string) => readFileSync(join(place, "small.jsonl"), "utf8");
    expect(read(there)).toBe(read(here));
  });
});
