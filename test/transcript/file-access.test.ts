import { describe, expect, test } from "vitest";
import { callTarget } from "../../src/transcript/calls.ts";
import { editsOf, readOf } from "../../src/transcript/file-access.ts";
import type { Block, Observation } from "../../src/transcript/types.ts";

function observed(toolName: string, input: unknown, text = "one\ntwo\nthree"): Observation {
  const given = typeof input === "string" ? input : JSON.stringify(input);
  const block = { text, settled: false } as Block;
  const call = { text: `${toolName} ${given}` } as Block;
  return {
    index: 0,
    call,
    blocks: [block],
    toolName,
    target: callTarget(given),
    outcome: "ok",
    live: true,
    turn: 1,
    step: 1,
  };
}

describe("a read", () => {
  test.each([
    ["Read", { file_path: "/a/b.ts" }, { file: "/a/b.ts", from: 1, to: 4 }],
    ["Read", { file_path: "/a/b.ts", offset: 40, limit: 3 }, { file: "/a/b.ts", from: 40, to: 43 }],
    [
      "str_replace_editor",
      { command: "view", path: "/a/b.ts", view_range: [7, 9] },
      { file: "/a/b.ts", from: 7, to: 10 },
    ],
    ["bash", { command: "cat src/b.ts" }, { file: "src/b.ts", from: 1, to: 4 }],
    ["bash", { command: "cat ./src/b.ts" }, { file: "src/b.ts", from: 1, to: 4 }],
    ["bash", { command: "cd /a && sed -n '10,12p' b.ts" }, { file: "/a/b.ts", from: 10, to: 13 }],
    [
      "shell",
      { command: "nl -ba b.ts | sed -n '10,12p'", workdir: "/a" },
      { file: "/a/b.ts", from: 10, to: 13 },
    ],
    ["bash", { command: "head -n 3 b.ts" }, { file: "b.ts", from: 1, to: 4 }],
  ])("by %s %j is told by its call and the lines it gave", (tool, input, read) => {
    expect(readOf(observed(tool, input))).toEqual(read);
  });

  test.each(["cat a.ts b.ts", "cat a.ts | grep x", "tail -n 3 a.ts", "cat $FILE > x", "ls"])(
    "is not made of `%s`",
    (command) => {
      expect(readOf(observed("bash", { command }))).toBeUndefined();
    },
  );

  test("counts the lines that a cut one had", () => {
    const observation = observed(
      "Read",
      { file_path: "/a" },
      "[compact: ok, 9 lines, 80 tokens]\n[...1-9]\nlast",
    );
    (observation.blocks[0] as Block).settled = true;
    expect(readOf(observation)).toEqual({ file: "/a", from: 1, to: 11 });
  });
});

describe("an edit", () => {
  test("says which lines went, without those that both texts have at their ends", () => {
    const edit = {
      file_path: "/a",
      old_string: "head\nold one\nold two\ntail",
      new_string: "head\nnew\ntail",
    };
    expect(editsOf(observed("Edit", edit))).toEqual([
      {
        file: "/a",
        replaced: [{ lines: ["head", "old one", "old two", "tail"], isGone: [false, true, true, false] }],
      },
    ]);
  });

  test("that only inserts lets nothing go", () => {
    const edit = { file_path: "/a", old_string: "head\ntail", new_string: "head\nnew\ntail" };
    expect(editsOf(observed("Edit", edit))[0]!.replaced).toEqual([
      { lines: ["head", "tail"], isGone: [false, false] },
    ]);
  });

  test("of a patch is read hunk by hunk", () => {
    const patch =
      "*** Begin Patch\n*** Update File: a\n@@\n one\n-two\n+2\n@@\n-nine\n*** Add File: b\n+new\n*** End Patch";
    expect(editsOf(observed("apply_patch", { input: patch }))).toEqual([
      {
        file: "a",
        replaced: [
          { lines: ["one", "two"], isGone: [false, true] },
          { lines: ["nine"], isGone: [true] },
        ],
      },
      { file: "b", replaced: [] },
    ]);
  });

  test("that writes the file anew leaves nothing of it", () => {
    expect(editsOf(observed("Write", { file_path: "/a", content: "x" }))).toEqual([
      { file: "/a", replaced: "whole" },
    ]);
  });

  test("is none where a file is only looked at", () => {
    expect(editsOf(observed("str_replace_editor", { command: "view", path: "/a" }))).toEqual([]);
    expect(editsOf(observed("bash", { command: "cat a" }))).toEqual([]);
  });
});
