import { describe, expect, test } from "vitest";
import { compact } from "../../src/index.ts";
import { context, differences, jsonl, liveLines, output, read, sidecars, tell } from "./transcripts.ts";

const header = {
  type: "session",
  version: 3,
  id: "s",
  timestamp: "2026-01-02T03:04:05.000Z",
  cwd: "/project",
};
const entry = (id: string, parentId: string | null, fields: object) => ({
  type: "message",
  id,
  parentId,
  timestamp: "2026-01-02T03:04:06.000Z",
  ...fields,
});
const user = (text: string) => ({ message: { role: "user", content: [{ type: "text", text }] } });
const assistant = (...content: object[]) => ({ message: { role: "assistant", content } });
const text = (value: string) => ({ type: "text", text: value });
const call = (id: string, name = "bash", input: object = { command: `run ${id}` }) => ({
  type: "toolCall",
  id,
  name,
  arguments: input,
});
const result = (id: string, content: unknown, more: object = {}) => ({
  message: { role: "toolResult", toolCallId: id, toolName: "bash", content, isError: false, ...more },
});

describe("what is still sent", () => {
  test("is the way from the last entry to the root; an abandoned branch is not", () => {
    const transcript = read([
      header,
      entry("1", null, user("task")),
      entry("2", "1", assistant(text("wrong way"))),
      entry("3", "1", assistant(text("right way"))),
      entry("4", "3", { type: "label", targetId: "2", label: "bookmark" }),
    ]);
    expect(context(transcript)).toEqual(["user text: task", "assistant text: right way"]);
  });

  test("ends where a parent is missing, and where the parents run in a circle", () => {
    expect(liveLines(read([header, entry("1", null, user("x")), entry("2", "gone", user("y"))]))).toEqual([
      3,
    ]);
    expect(liveLines(read([header, entry("1", "2", user("x")), entry("2", "1", user("y"))]))).toEqual([2, 3]);
  });

  test("is the summary of the newest compaction, what it kept, and what came after", () => {
    const transcript = read([
      header,
      entry("1", null, user("long ago")),
      entry("2", "1", {
        type: "compaction",
        summary: "older summary",
        firstKeptEntryId: "1",
        tokensBefore: 9,
      }),
      entry("3", "2", user("dead")),
      entry("4", "3", user("kept")),
      entry("5", "4", { type: "compaction", summary: "so far", firstKeptEntryId: "4", tokensBefore: 9 }),
      entry("6", "5", assistant(text("going on"))),
    ]);
    expect(context(transcript)).toEqual([
      "user text: kept",
      "user summary: so far",
      "assistant text: going on",
    ]);
  });

  test("does not repeat an older summary among what was kept", () => {
    const transcript = read([
      header,
      entry("1", null, user("kept")),
      entry("2", "1", { type: "compaction", summary: "older", firstKeptEntryId: "1", tokensBefore: 9 }),
      entry("3", "2", user("kept too")),
      entry("4", "3", { type: "compaction", summary: "newer", firstKeptEntryId: "1", tokensBefore: 9 }),
    ]);
    expect(liveLines(transcript)).toEqual([2, 4, 5]);
  });

  test("is the summary alone where the kept entry is not on the way", () => {
    const transcript = read([
      header,
      entry("1", null, user("dead")),
      entry("2", "1", { type: "compaction", summary: "so far", firstKeptEntryId: "gone", tokensBefore: 9 }),
    ]);
    expect(context(transcript)).toEqual(["user summary: so far"]);
  });

  test("takes no notice of an index in a tree, where entries are named by id", () => {
    const transcript = read([
      header,
      entry("1", null, user("dead")),
      entry("2", "1", user("dead too")),
      entry("3", "2", { type: "compaction", summary: "so far", firstKeptEntryIndex: 1, tokensBefore: 9 }),
    ]);
    expect(liveLines(transcript)).toEqual([4]);
  });

  test("is all of a version 1 file in its order; kept entries are counted with the header", () => {
    const { version: _, ...oldHeader } = header;
    const old = (fields: object) => ({ type: "message", timestamp: "2025-11-20T00:00:00.000Z", ...fields });
    const records = [oldHeader, old(user("one")), old(user("two")), old(assistant(text("three")))];
    expect(liveLines(read(records))).toEqual([2, 3, 4]);
    const compaction = (firstKeptEntryIndex: number) =>
      old({ type: "compaction", summary: "so far", firstKeptEntryIndex, tokensBefore: 9 });
    expect(liveLines(read([...records, compaction(2)]))).toEqual([3, 4, 5]);
    // Entry 0 is the header, which is no message: nothing was kept.
    expect(liveLines(read([...records, compaction(0)]))).toEqual([5]);
  });

  test("skips lines that are not JSON, as pi does: they have no index", () => {
    const { version: _, ...oldHeader } = header;
    const transcript = read([
      oldHeader,
      { type: "message", ...user("dead") },
      "not JSON",
      { type: "message", ...user("kept") },
      { type: "compaction", summary: "so far", firstKeptEntryIndex: 2, tokensBefore: 9 },
    ]);
    expect(liveLines(transcript)).toEqual([4, 5]);
  });

  test("includes the summary of a branch that was left, and what extensions say", () => {
    const transcript = read([
      header,
      entry("1", null, user("task")),
      entry("2", "1", { type: "branch_summary", fromId: "x", summary: "tried the other way" }),
      entry("3", "2", { type: "custom_message", customType: "hint", content: "look here", display: true }),
      entry("4", "3", { message: { role: "hookMessage", content: [text("and here")] } }),
      entry("5", "4", { type: "custom", customType: "state", data: { secret: "never sent" } }),
    ]);
    expect(context(transcript)).toEqual([
      "user text: task",
      "user summary: tried the other way",
      "system text: look here",
      "system text: and here",
    ]);
    expect(transcript.entries.at(-2)?.turn).toBe(1);
  });
});

describe("results", () => {
  test("hold texts and pictures, and name call, tool and outcome", () => {
    const transcript = read([
      header,
      entry("1", null, user("task")),
      entry("2", "1", assistant(call("c"), call("d", "read", { path: "a.ts" }))),
      entry(
        "3",
        "2",
        result("c", [text("one"), { type: "image", data: "iVBOR", mimeType: "image/png" }, text("two")]),
      ),
      entry("4", "3", result("d", [text("no such file")], { toolName: "read", isError: true })),
    ]);
    expect(transcript.observations.map(tell)).toEqual([
      { toolName: "bash", target: "run c", outcome: "ok", texts: ["one", "two"] },
      { toolName: "read", target: "a.ts", outcome: "failed", texts: ["no such file"] },
    ]);
    expect(transcript.observations.map(({ step }) => step)).toEqual([1, 1]);
    expect(transcript.blocks.filter(({ kind }) => kind === "image")).toHaveLength(1);
  });

  test("of commands that failed have their exit code at the end", () => {
    const failed = [text("no\n\nCommand exited with code 7")];
    const { observations } = read([
      header,
      entry("1", null, assistant(call("c"))),
      entry("2", "1", result("c", failed, { isError: true })),
    ]);
    expect(observations[0]?.outcome).toBe("exit 7");
  });

  test("of commands that the user ran are observations too, unless they were hidden from the model", () => {
    const bash = (command: string, more: object = {}) => ({
      message: {
        role: "bashExecution",
        command,
        output: `${command} output`,
        exitCode: 0,
        cancelled: false,
        ...more,
      },
    });
    const transcript = read([
      header,
      entry("1", null, user("task")),
      entry("2", "1", bash("npm test", { exitCode: 1 })),
      entry("3", "2", bash("sleep 100", { exitCode: null, cancelled: true })),
      entry("4", "3", bash("cat secret", { excludeFromContext: true })),
    ]);
    expect(transcript.observations.map(({ target, outcome, live }) => [target, outcome, live])).toEqual([
      ["npm test", "exit 1", true],
      ["sleep 100", "failed", true],
      ["cat secret", "ok", false],
    ]);
    expect(context(transcript)).toContain("system text: npm test");
    expect(transcript.entries.map(({ turn }) => turn)).toEqual([0, 1, 1, 1, 0]);
  });
});

describe("copies that the model never sees", () => {
  const long = output(1);
  const withDetails = (toolName: string) =>
    read([
      header,
      entry("1", null, assistant(call("c", toolName))),
      entry(
        "2",
        "1",
        result("c", [text("done")], { toolName, details: { diff: long, nested: [{ text: long }] } }),
      ),
    ]);

  test("are the details of results of built-in tools", () => {
    expect(sidecars(withDetails("edit"))).toEqual([long, long]);
  });

  test("are not the details of extensions' tools: those rebuild their state from them", () => {
    expect(sidecars(withDetails("todo"))).toEqual([]);
  });

  test("are emptied in place", () => {
    const records = [
      header,
      entry("1", null, assistant(call("c", "edit"))),
      entry(
        "2",
        "1",
        result("c", [text("done")], { toolName: "edit", details: { diff: long, firstChangedLine: 3 } }),
      ),
    ];
    const { chunks } = compact(jsonl(records), { stages: [["drop-sidecars", {}]] });
    const after = Buffer.concat([...chunks()])
      .toString()
      .split("\n");
    expect(differences(records[2], JSON.parse(after[2]!))).toEqual(["$.message.details.diff"]);
  });
});

test("thinking is read but never offered, with or without a signature", () => {
  const thinking = { type: "thinking", thinking: "let me see", thinkingSignature: "c2ln" };
  const { blocks } = read([header, entry("1", null, assistant(thinking))]);
  expect(blocks[0]).toMatchObject({ kind: "thinking", text: "let me see", tier: "never" });
});
