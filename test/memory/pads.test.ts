// ActionPads: sequences of steps that worked, for one request.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { padAsMarkdown, padAsScript, padAsSkill, skillName, titleOf } from "../../src/memory/pads/exports.ts";
import { findPads } from "../../src/memory/pads/find.ts";
import { collectPads, mergePads } from "../../src/memory/pads/index.ts";
import { session, shell } from "./chat.ts";

const edit = (path: string, result = "done") => ({ tool: "Edit", input: { file_path: path }, result });
const write = (path: string) => ({ tool: "Write", input: { file_path: path, content: "" }, result: "done" });
const passes = shell("npm test", " Tests  12 passed (12)");
const fails = shell("npm test", "AssertionError: expected 3, got 4\n Tests  1 failed | 11 passed (12)", 1);

const pads = (...messages: Parameters<typeof session>[0]) => collectPads([session(messages)]);
const steps = (...messages: Parameters<typeof session>[0]) =>
  pads("Fix the totals of the invoice.", ...messages)[0]?.steps.map(
    ({ action, text }) => `${action} ${text}`,
  );

describe("a pad", () => {
  test("has the steps that led to a shown success, without looking around and dead ends", () => {
    const found = steps(
      shell("rg -n total src"),
      shell("cat src/a.ts", "text"),
      fails,
      edit("src/a.ts"),
      shell("npm run nothing", "npm error missing script", 1),
      shell("sed -i s/a/b/ src/b.ts"),
      passes,
    );
    expect(found).toEqual(["edited src/a.ts", "run sed -i s/a/b/ src/b.ts", "run npm test"]);
  });

  test("has of repeated steps the last, and of reverted ones none", () => {
    const found = steps(
      edit("a.ts"),
      passes,
      write("scratch.ts"),
      edit("b.ts"),
      shell("git checkout -- b.ts"),
      edit("a.ts"),
      shell("rm scratch.ts"),
      passes,
    );
    expect(found).toEqual(["edited a.ts", "run npm test"]);
  });

  test.each([
    ["nothing was shown", [edit("a.ts")]],
    ["the last proof failed", [passes, edit("a.ts"), fails]],
    ["another proof stayed broken", [edit("a.ts"), shell("npm run build", "error TS1: x", 2), passes]],
    ["nothing was done", [passes]],
  ])("is none where %s", (_title, messages) => {
    expect(steps(...messages)).toBeUndefined();
  });

  test("says what showed success, what it needed, and what went wrong on the way", () => {
    const [pad] = pads(
      "Fix the totals of the invoice.",
      shell("cat src/a.ts", "text"),
      fails,
      edit("src/a.ts"),
      write("src/new.ts"),
      passes,
    );
    expect(pad).toMatchObject({
      task: "Fix the totals of the invoice.",
      success: {
        command: "npm test",
        outcome: "ok",
        lines: [" Tests  12 passed (12)"],
        source: { line: 10 },
      },
      needs: { files: ["src/a.ts"], commands: ["npm"] },
      troubles: [{ command: "npm test", repair: ["edited src/a.ts", "created src/new.ts"] }],
    });
    expect(pad!.troubles[0]!.error).toContain("AssertionError: expected 3, got 4");
  });

  test("belongs to the request, not to the nods after it", () => {
    expect(pads("Fix the totals of the invoice.", edit("a.ts"), "yes", passes)).toMatchObject([
      { task: "Fix the totals of the invoice.", steps: [{ text: "a.ts" }, { text: "npm test" }] },
    ]);
  });
});

describe("parameters", () => {
  const moved = (name: string) =>
    session(
      [`Move the helper to src/${name}.ts please.`, shell(`git mv src/x.ts src/${name}.ts`), passes],
      `${name}.jsonl`,
    );

  test("stand for literals of the request that come again in the steps", () => {
    expect(collectPads([moved("money")])[0]!.parameters).toEqual([{ name: "PATH_1", value: "src/money.ts" }]);
  });

  test("let equal pads of several sessions be one that counts", () => {
    const all = collectPads([moved("money"), moved("dates")]);
    expect(all).toHaveLength(1);
    expect(all[0]!.sources.map(({ transcript }) => transcript)).toEqual(["money.jsonl", "dates.jsonl"]);
    expect(mergePads([...all, ...all])).toEqual(all);
  });
});

describe("the exports", () => {
  const hostile = session([
    "Fix `it`\u001b[31m\n# and\n---\n$(rm -rf ~) in src/z$(touch x).ts please",
    shell("echo one > src/a.ts"),
    edit("b.ts\nrm -rf ~"),
    passes,
  ]);
  const [pad] = collectPads([hostile]);

  test("are a script that a shell accepts, in which no text of a comment becomes a command", () => {
    const script = padAsScript(pad!);
    execFileSync("bash", ["-n"], { input: script });
    const commands = script.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    expect(commands).toEqual(["set -euo pipefail", "echo one > src/a.ts", "npm test"]);
  });

  test("set parameters as variables that the environment may override", () => {
    const [copied] = collectPads([
      session(["Copy it to out/b$1.ts and b-c.ts", shell("cp a.ts b-c.ts"), passes]),
    ]);
    const script = padAsScript(copied!);
    expect(script).toContain(`: "\${PATH_1:=b-c.ts}"`);
    expect(script).toContain(`cp a.ts \${PATH_1}`);
    execFileSync("bash", ["-n"], { input: script });
  });

  test("are a SKILL.md with a name and a description on one line each", () => {
    const [, name, description, end] = padAsSkill(pad!).split("\n");
    expect(name).toMatch(/^name: [a-z0-9-]{1,64}$/);
    expect(JSON.parse(description!.replace("description: ", ""))).toContain("Steps that worked for");
    expect(end).toBe("---");
    expect(padAsMarkdown(pad!)).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  });

  test("have names of letters that folders may have, whatever the task", () => {
    const named = (task: string) => skillName({ ...pad!, task });
    expect(named("../../etc/passwd: über")).toMatch(/^etc-passwd-u-?ber-[0-9a-f]{8}$/);
    expect(named("修正してください、お願いします")).toBe(`pad-${pad!.id}`);
    expect(titleOf({ ...pad!, task: "Stop. Take it out again, please." })).toBe(
      "Stop. Take it out again, please.",
    );
  });
});

test("find ranks pads for a task", async () => {
  const all = collectPads([
    session(["Add a database migration for invoices.", shell("echo > migrations/1.sql"), passes]),
    session(["Rename the helper in the parser.", edit("src/parser.ts"), passes]),
  ]);
  const found = await findPads("another migration of the database", all, 5);
  expect(found.map(titleOf)).toEqual(["Add a database migration for invoices."]);
});
