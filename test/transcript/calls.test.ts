import { describe, expect, test } from "vitest";
import { asksUser, callTarget, isRetrieval } from "../../src/transcript/calls.ts";
import { failedUnseen } from "../../src/transcript/hidden-failures.ts";
import { endedBadly, endedWell, outcomeOf } from "../../src/transcript/outcomes.ts";

describe("the target of a call", () => {
  test.each<[string, unknown, string | undefined]>([
    ["is the command", { command: "npm test", description: "run tests" }, "npm test"],
    ["is the path", { file_path: "src/a.ts", offset: 3 }, "src/a.ts"],
    ["is read from arguments in a string", '{"cmd":"ls -la"}', "ls -la"],
    ["of a command in words is what the shell runs", { command: ["bash", "-lc", "npm test"] }, "npm test"],
    ["of words without a shell is all of them", { command: ["git", "status"] }, "git status"],
    ["joins what tells two calls apart", { pattern: "TODO", path: "src" }, "src TODO"],
    [
      "of a patch is the files it names",
      "*** Begin Patch\n*** Update File: a.ts\n@@\n*** Add File: b.ts\n",
      "a.ts b.ts",
    ],
    ["of a patch in an argument too", { input: "*** Begin Patch\n*** Delete File: c.ts\n" }, "c.ts"],
    ["of unknown arguments is all of them", { reservation: "4WQ150" }, '{"reservation":"4WQ150"}'],
    ["is unknown without arguments", {}, undefined],
    ["is unknown for arguments that were cut off", '{"cmd":"ls', undefined],
  ])("%s", (_title, input, target) => {
    expect(callTarget(typeof input === "string" ? input : JSON.stringify(input))).toBe(target);
  });
});

describe("a command whose status is hidden", () => {
  test.each<[string, string, boolean]>([
    ["npm test 2>&1 | tail -50", "Tests: 2 failed, 40 passed", true],
    ["go test ./... | head -150", "--- FAIL: TestCommit (0.01s)", true],
    ["npm run check | grep error", "src/a.ts(3,1): error TS2304: Cannot find name", true],
    ["cargo build || true", "error[E0308]: mismatched types", true],
    ["npm test 2>&1 | tail -50", "Tests: 0 failed, 42 passed", false],
    ["npm test", "Tests: 2 failed, 40 passed", false],
    ["cat build.log | tail -50", "Tests: 2 failed, 40 passed", false],
    ["grep -rn error src | head", "src/a.ts: 3 errors", false],
  ])("failed when its output says so: %s, %s", (command, text, expected) => {
    expect(failedUnseen("Bash", command, text)).toBe(expected);
  });
});

test("tools that ask the user are told by their name", () => {
  expect(["AskUserQuestion", "ask_followup_question", "request_user_input"].every(asksUser)).toBe(true);
  expect(asksUser("Task")).toBe(false);
});

test("the target of a call is looked up without reading its other arguments", () => {
  const asked: string[] = [];
  const input = {
    get: (name: string) => asked.push(name) && (name === "path" ? "src/a.ts" : undefined),
    json: "",
  };
  expect(callTarget(input)).toBe("src/a.ts");
  expect(asked).not.toContain("content");
});

test.each<[string, boolean]>([
  ["compact get 3f2a9c1b:12-52", true],
  ["cd /repo && npx compact get 3f2a9c1b", true],
  ["./bin/compact search 'timeout'", true],
  ["cat .compact/artifacts/3f/3f2a9c1b.txt", true],
  ["git commit -m 'Make it compact'", false],
  ["compact session.jsonl", false],
])("what the agent fetched back is told by its command: %s", (command, expected) => {
  expect(isRetrieval(command)).toBe(expected);
});

describe("the outcome of a call", () => {
  test.each<[string, string, { failed?: boolean; exitCode?: number }, string]>([
    ["is what the harness recorded", "fine", { failed: false }, "ok"],
    ["is failed where only that is known", "boom", { failed: true }, "failed"],
    ["has the exit code where it is known", "Exit code 2\nboom", { failed: true }, "exit 2"],
    ["is read from the head of a text without a flag", "Exit code: 0\nWall time: 1", {}, "ok"],
    [
      "is read from a line of the head",
      "Chunk ID: 1\nProcess exited with code 127\nOutput:\n",
      {},
      "exit 127",
    ],
    ["is read from the tail", `${"x\n".repeat(500)}[Command finished with exit code 1]`, {}, "exit 1"],
    ["is not read from the middle", `${"x\n".repeat(500)}<returncode>1\n${"x\n".repeat(500)}`, {}, "ran"],
    ["is not read from the text of a call that went well", "Exit code: 1\n", { failed: false }, "ok"],
    ["is unknown where nothing says it", "text", {}, "ran"],
    ["comes from an exit code beside the text", "text", { exitCode: 3 }, "exit 3"],
  ])("%s", (_title, text, flags, outcome) => {
    expect(outcomeOf(text, flags)).toBe(outcome);
  });

  test("ended badly, well, or unknown", () => {
    expect([endedBadly("failed"), endedBadly("exit 1"), endedBadly("ok"), endedBadly("ran")]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect([endedWell("ok"), endedWell("ran")]).toEqual([true, false]);
  });
});
