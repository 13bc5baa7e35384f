// What a report says of one transcript, whatever the stages of the run do about it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compact } from "../../src/index.ts";

const samples = join(import.meta.dirname, "..", "..", "samples");
const names = readdirSync(samples).filter((name) => name.endsWith(".jsonl"));

/** A Claude Code session of these calls, each with what it printed. */
function session(calls: readonly (readonly [tool: string, input: object, output: string])[]): Buffer {
  const record = (index: number, role: string, content: unknown) => ({
    parentUuid: index === 0 ? null : `u${index - 1}`,
    isSidechain: false,
    sessionId: "s",
    type: role,
    uuid: `u${index}`,
    message: { role, content },
  });
  const records = [record(0, "user", "Go.")];
  for (const [tool, input, output] of calls) {
    const id = `t${records.length}`;
    records.push(record(records.length, "assistant", [{ type: "tool_use", id, name: tool, input }]));
    records.push(record(records.length, "user", [{ type: "tool_result", tool_use_id: id, content: output }]));
  }
  return Buffer.from(records.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

const report = (source: Buffer) => compact(source).report;

describe.each(names)("%s", (name) => {
  const source = readFileSync(join(samples, name));
  const { disk, context, growth } = report(source);

  test("has each byte in one part", () => {
    expect(Object.values(disk.parts).reduce((sum, bytes) => sum + bytes, 0)).toBe(source.length);
    for (const bytes of Object.values(disk.parts)) expect(bytes).toBeGreaterThanOrEqual(0);
  });

  test("grows to no more than it is", () => {
    for (const [kind, list] of Object.entries(growth?.before ?? {})) {
      expect(list).toEqual([...list].sort((a, b) => a - b));
      expect(list.at(-1)).toBeLessThanOrEqual(context.byKind[kind]!.before);
      const after = growth?.after[kind];
      expect(after?.at(-1) ?? 0).toBeLessThanOrEqual(context.byKind[kind]!.after);
    }
  });
});

test("growth has a kind at each step that the transcript reaches", () => {
  const calls = Array.from({ length: 5 }, (_, i) => ["Bash", { command: `c${i}` }, "out put"] as const);
  const { growth } = report(session(calls));
  expect(growth?.steps).toEqual([1, 2, 3, 4]);
  expect(growth?.before.observation).toEqual([2, 4, 6, 8]);
  expect(growth?.after).toEqual({});
});

test("the largest observations come first, with line, tool and what was asked", () => {
  const { largest } = report(
    session([
      ["Bash", { command: "short" }, "one"],
      ["Grep", { pattern: "x".repeat(500) }, "one two three four"],
    ]),
  );
  expect(largest).toMatchObject([
    { line: 5, tool: "Grep", target: "x".repeat(200), tokensBefore: 4 },
    { line: 3, tool: "Bash", target: "short", tokensBefore: 1 },
  ]);
});

describe("waste", () => {
  const read = (path: string, text: string) => ["Read", { file_path: path }, text] as const;

  test("is what equals a later observation, and reads of a file that was read again and had changed", () => {
    const calls = [
      read("/a.ts", "one two"),
      read("/a.ts", "one two"),
      read("/a.ts", "one two three"),
      read("/b.ts", "other"),
      ["Edit", { file_path: "/b.ts" }, "done"] as const,
    ];
    const { context, reread } = report(session(calls));
    expect(context.waste).toEqual({ duplicate: 2, superseded: 2 });
    expect(reread).toEqual([{ target: "/a.ts", times: 3, tokens: 7 }]);
  });

  test("is not a read of other lines of the same file, though the file was read twice", () => {
    const lines = (offset: number) =>
      ["Read", { file_path: "/a.ts", offset, limit: 1 }, `line ${offset}`] as const;
    const { context, reread } = report(session([lines(1), lines(2)]));
    expect(context.waste.superseded).toBe(0);
    expect(reread).toMatchObject([{ target: "/a.ts", times: 2 }]);
  });

  test("is not counted across requests, each of which repeats what came before", () => {
    const { context } = report(readFileSync(join(samples, "openai-requests.jsonl")));
    expect(context.waste).toEqual({ duplicate: 0, superseded: 0 });
  });
});
