import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compact as compactFile } from "../../src/compact.ts";
import { resolve } from "../../src/config/resolve.ts";
import { applyUndo, compact, restore, Store } from "../../src/index.ts";
import { explain } from "../../src/report/explain.ts";
import { anthropicMessages, steps } from "./sessions.ts";
import { context, detect, differences, jsonl, output, readAll, tell } from "./transcripts.ts";

const chat = [
  { role: "system", content: "be brief" },
  { role: "user", content: "task" },
  {
    role: "assistant",
    content: null,
    tool_calls: [{ id: "c", function: { name: "shell", arguments: '{"command":"ls"}' } }],
  },
  { role: "tool", tool_call_id: "c", content: "a.ts" },
];
const anthropic = [
  { role: "user", content: "task" },
  { role: "assistant", content: [{ type: "tool_use", id: "c", name: "Bash", input: { command: "ls" } }] },
  { role: "user", content: [{ type: "tool_result", tool_use_id: "c", content: "a.ts" }] },
];

describe("the conversation is found", () => {
  test.each([
    ["bare", { model: "m", messages: chat, tools: [] }],
    [
      "in the record of a proxy",
      { request: { method: "POST", body: { messages: chat } }, response: { status: 200 } },
    ],
    ["in a record of request and response", { request: { messages: chat }, response: { choices: [] } }],
    [
      "in a line of a batch",
      { custom_id: "1", method: "POST", url: "/v1/chat/completions", body: { messages: chat } },
    ],
    ["as a trajectory", { task_id: 1, reward: 1, traj: chat }],
    ["as conversations", { id: "x", conversations: chat }],
  ])("%s", (_place, record) => {
    expect(detect([record])?.name).toBe("openai-requests");
    const [transcript] = readAll([record]);
    expect(context(transcript!)).toEqual([
      "system text: be brief",
      "user text: task",
      'assistant call: shell {"command":"ls"}',
      "tool result: a.ts",
    ]);
    expect(transcript!.observations.map(tell)).toMatchObject([{ target: "ls", outcome: "ran" }]);
  });

  test.each([
    ["bare", { model: "m", max_tokens: 9, system: "be brief", messages: anthropic }],
    ["with a system prompt in parts", { system: [{ type: "text", text: "be brief" }], messages: anthropic }],
    [
      "in the record of a proxy",
      { request: { body: { system: "be brief", messages: anthropic } }, response: {} },
    ],
    ["in a line of a batch", { custom_id: "1", params: { system: "be brief", messages: anthropic } }],
  ])("%s, in Anthropic's words", (_place, record) => {
    expect(detect([record])?.name).toBe("anthropic-requests");
    const [transcript] = readAll([record]);
    expect(context(transcript!)).toEqual([
      "system text: be brief",
      "user text: task",
      'assistant call: Bash {"command":"ls"}',
      "tool result: a.ts",
    ]);
  });

  test("as the input of the Responses API", () => {
    const input = [
      { role: "user", content: "task" },
      { type: "function_call", call_id: "c", name: "shell", arguments: '{"command":"ls"}' },
      { type: "function_call_output", call_id: "c", output: "a.ts" },
    ];
    const record = { model: "m", instructions: "be brief", input };
    expect(detect([record])?.name).toBe("openai-requests");
    expect(context(readAll([record])[0]!)).toEqual([
      "system text: be brief",
      "user text: task",
      'assistant call: shell {"command":"ls"}',
      "tool result: a.ts",
    ]);
  });
});

describe("each line", () => {
  test("is a transcript of its own: ids, turns and steps of others are unknown to it", () => {
    const second = {
      messages: [
        { role: "tool", tool_call_id: "c", content: "whose?" },
        { role: "user", content: "x" },
      ],
    };
    const [first, other] = readAll([{ messages: chat }, second]);
    expect(first!.observations[0]).toMatchObject({ toolName: "shell", turn: 1, step: 1 });
    expect(other!.observations[0]).toMatchObject({ toolName: "unknown", call: undefined, turn: 0 });
    expect(other!.entries.map(({ turn }) => turn)).toEqual([0, 1]);
    expect(other!.lines.map(({ number }) => number)).toEqual([2]);
  });

  test("is read in the words of its own API", () => {
    const transcripts = readAll([{ messages: anthropic }, { messages: chat }, { messages: anthropic }]);
    expect(transcripts.map(({ observations }) => observations[0]?.toolName)).toEqual([
      "Bash",
      "shell",
      "Bash",
    ]);
  });

  test("passes through where it is no request, or not JSON, with the number that it has in the file", () => {
    const transcripts = readAll([{ messages: chat }, { event: "ping" }, "torn {", { messages: chat }]);
    expect(transcripts).toHaveLength(4);
    expect(transcripts.map(({ blocks }) => blocks.length)).toEqual([4, 0, 0, 4]);
    expect(transcripts[2]!.warnings.map(({ line }) => line)).toEqual([3]);
  });

  test("may hold the conversation of an agent without a tool interface", () => {
    const messages = [
      { role: "user", content: "task" },
      { role: "assistant", content: "```bash\nls\n```" },
      { role: "user", content: "OBSERVATION:\na.ts" },
    ];
    const transcripts = readAll([{ messages }, { messages }]);
    expect(transcripts.flatMap(({ observations }) => observations.map(tell))).toEqual(
      Array(2).fill({ toolName: "shell", target: "ls", outcome: "ran", texts: ["OBSERVATION:\na.ts"] }),
    );
  });
});

describe("a file of several requests", () => {
  /** Snapshots of one growing conversation, as a proxy logs them. */
  const snapshots = [4, 12, 16].map((count) => ({
    model: "m",
    max_tokens: 9,
    system: "Be brief.",
    messages: anthropicMessages(steps.slice(0, count)),
  }));
  const records = [snapshots[0], "not JSON", snapshots[1], { event: "ping" }, snapshots[2]];
  const source = jsonl(records);
  const first = compact(source, { preset: "mask" });
  const after = Buffer.concat([...first.chunks()]);
  const lines = after.toString().split("\n");

  test("loses of each line what that line alone would lose", () => {
    const alone = (record: unknown) =>
      Buffer.concat([...compact(jsonl([record]), { preset: "mask", format: "anthropic-requests" }).chunks()]);
    expect(after.equals(Buffer.concat(records.map(alone)))).toBe(true);
    const cuts = records.map((record, i) =>
      typeof record === "string" ? lines[i] === record : differences(record, JSON.parse(lines[i]!)).length,
    );
    // The newest ten of each line stay, and the error that nothing resolved.
    expect(cuts).toEqual([0, true, 2, 0, 5]);
  });

  test("cuts the same result the same way in every line, so that a prefix stays a prefix", () => {
    const markers = (line: string) => line.match(/\[compact get [^\]]+\]/g);
    expect(markers(lines[4]!)?.slice(0, 2)).toEqual(markers(lines[2]!));
  });

  test("comes back byte for byte from one undo record, whose places are those of the file", () => {
    expect(applyUndo(after, first.undo!.splices).equals(source)).toBe(true);
    expect([...new Set(first.undo!.splices.map(({ line }) => line))]).toEqual([3, 5]);
    expect(first.undo!.input.bytes).toBe(source.length);
    expect(first.undo!.output.bytes).toBe(after.length);
  });

  test("comes back by its artifacts when lines of it were taken out, line by line", async () => {
    const store = new Store(mkdtempSync(join(tmpdir(), "compact-")));
    try {
      const entries = first.artifacts.map((artifact) => ({ artifact, tokens: 0 }));
      await store.save(first.undo!, entries, "anthropic-requests");
      const { status, bytes } = restore(jsonl(lines.slice(2, 5)), store);
      expect(status).toBe("content");
      expect(bytes.equals(jsonl(records.slice(2)))).toBe(true);
    } finally {
      rmSync(store.directory, { recursive: true });
    }
  });

  test("stores a result once, however many lines repeat it", () => {
    expect(first.artifacts.map(({ text }) => text)).toEqual([0, 1, 3, 4, 5].map(output));
  });

  test("is left alone by a second run", () => {
    const second = compact(after, { preset: "mask" });
    expect(second.undo).toBeUndefined();
    expect(Buffer.concat([...second.chunks()]).equals(after)).toBe(true);
  });

  test("is reported as one file: sums over its lines, and no prompt cache, since there are several", () => {
    const reports = snapshots.map((record) => compact(jsonl([record]), { preset: "mask" }).report);
    const sum = (pick: (report: (typeof reports)[number]) => number) =>
      reports.reduce((total, report) => total + pick(report), 0);
    const { context, disk, stages, cache, warnings, format } = first.report;
    expect(context.tokensBefore).toBe(sum((report) => report.context.tokensBefore));
    expect(context.tokensAfter).toBe(sum((report) => report.context.tokensAfter));
    expect(stages[0]?.deletions).toBe(sum((report) => report.stages[0]?.deletions ?? 0));
    expect(disk).toMatchObject({ before: source.length, after: after.length });
    expect(cache).toBeUndefined();
    expect(reports[2]!.cache).toBeDefined();
    expect(warnings).toHaveLength(1);
    expect(format).toBe("anthropic-requests");
  });

  test("misses a budget by what single lines miss it: what one leaves unused is of no use to another", () => {
    const config = resolve({ preset: "mask", budget: 3000 });
    const joined = compactFile(source, config);
    const alone = snapshots.map((record) => compactFile(jsonl([record]), config));
    if (joined.status !== "compacted") throw new Error("expected a compaction");
    const reached = alone.map((part) => (part.status === "compacted" ? part : undefined));
    expect(reached.map((part) => part?.missedBudget)).toEqual([undefined, 3000, 3000]);
    const left = reached.map((part) => part?.choice.tokensAfter ?? 0);
    expect(joined.choice.tokensAfter).toBe(left[0]! + left[1]! + left[2]!);
    expect(joined.missedBudget).toBe(left[0]! + 3000 + 3000);
  });

  test("is explained line by line", () => {
    const compaction = compactFile(source, resolve({ preset: "mask" }));
    if (compaction.status !== "compacted") throw new Error("expected a compaction");
    const told = explain(compaction.transcript, compaction.choice.decisions).trimEnd().split("\n");
    const places = told.map((text) => Number(/^line (\d+)/.exec(text)?.[1]));
    // Six of the last line are proposed: one of them is the error, which is refused.
    expect(places).toEqual([3, 3, 5, 5, 5, 5, 5, 5]);
  });

  test("is measured line by line against a trigger", () => {
    const tokens = compact(jsonl([snapshots[2]])).report.context.tokensBefore;
    const { chunks, report } = compact(source, { preset: "mask", trigger: tokens });
    const result = Buffer.concat([...chunks()])
      .toString()
      .split("\n");
    expect(result.slice(0, 4)).toEqual(source.toString().split("\n").slice(0, 4));
    expect(result[4]).toBe(lines[4]);
    expect(report.status).toBe("compacted");
    expect(compact(source, { trigger: tokens + 1 }).report.status).toBe("below-trigger");
  });

  test("keeps its line ends, and an end without one", () => {
    const odd = Buffer.from(source.toString().trimEnd().replaceAll("\n", "\r\n"));
    const { chunks, undo } = compact(odd, { preset: "mask" });
    const result = Buffer.concat([...chunks()]);
    expect(result.toString()).toBe(after.toString().trimEnd().replaceAll("\n", "\r\n"));
    expect(applyUndo(result, undo!.splices).equals(odd)).toBe(true);
  });

  test("may be empty", () => {
    const { chunks, undo, report } = compact(Buffer.alloc(0), { format: "openai-requests" });
    expect(Buffer.concat([...chunks()])).toHaveLength(0);
    expect(undo).toBeUndefined();
    expect(report.context.tokensBefore).toBe(0);
  });
});
