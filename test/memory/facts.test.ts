// FactSets: what sessions establish, verbatim and with its source.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findingKind } from "../../src/memory/facts/findings.ts";
import { collectFacts } from "../../src/memory/facts/index.ts";
import { factsAsMarkdown, ledger } from "../../src/memory/facts/markdown.ts";
import { factsSince, parseSince } from "../../src/memory/facts/since.ts";
import { readSessions } from "../../src/memory/session.ts";
import { tokenCounter } from "../../src/tokens/index.ts";
import { session, shell } from "./chat.ts";
import { LABELLED_SENTENCES } from "./labelled-sentences.ts";

const samples = join(import.meta.dirname, "..", "..", "samples");
const sampleNames = readdirSync(samples).filter((name) => name.endsWith(".jsonl"));
const sessionsOf = (name: string) => readSessions(name, readFileSync(join(samples, name)));

const edit = (path: string, result = "done") => ({ tool: "Edit", input: { file_path: path }, result });
const states = (...messages: Parameters<typeof session>[0]) =>
  Object.fromEntries(collectFacts([session(messages)]).files.map(({ path, state }) => [path, state]));

describe("the artifact trail", () => {
  test("knows the last state of every file", () => {
    const read = { tool: "read_file", input: { path: "src/a.ts" }, result: "text" };
    const write = { tool: "Write", input: { file_path: "src/b.ts", content: "" }, result: "done" };
    expect(
      states(read, edit("src/a.ts"), write, shell("rm src/b.ts"), shell("cat src/c.ts", "text")),
    ).toEqual({
      "src/a.ts": "edited",
      "src/b.ts": "deleted",
      "src/c.ts": "read",
    });
  });

  test("leaves a file created that was edited and read afterwards", () => {
    const write = { tool: "Write", input: { file_path: "a.ts", content: "" }, result: "done" };
    expect(states(write, edit("a.ts"), shell("cat a.ts"))).toEqual({ "a.ts": "created" });
  });

  test("takes the files of a directory along", () => {
    const gone = states(edit("src/old/a.ts"), edit("src/b.ts"), shell("rm -rf src/old"));
    expect(gone).toEqual({ "src/old/a.ts": "deleted", "src/b.ts": "edited", "src/old": "deleted" });
  });

  test("says where a file went", () => {
    const { files } = collectFacts([session([edit("a.ts"), shell("git mv a.ts b.ts")])]);
    expect(files).toMatchObject([
      { path: "a.ts", state: "moved", movedTo: "b.ts" },
      { path: "b.ts", state: "created", movedFrom: "a.ts" },
    ]);
  });

  test("tells an attempt from a deed", () => {
    expect(states(shell("cat missing.ts", "cat: missing.ts: No such file or directory", 1))).toEqual({
      "missing.ts": "tried",
    });
  });

  /** Counted here by another way than the program's: every path argument and every header of a patch in the file's bytes. */
  test.each(sampleNames)("names every file that a call of %s names", (name) => {
    const { files } = collectFacts(sessionsOf(name));
    const text = readFileSync(join(samples, name), "utf8");
    const named = [
      ...text.matchAll(/\\?"(?:file_path|path)\\?":\s?\\?"([^"\\]+\.\w+)\\?"/g),
      ...text.matchAll(/\*\*\* (?:Add|Update|Delete) File: ([^\\\n]+)/g),
    ].map((match) => match[1]!);
    expect(named.length + files.length).toBeGreaterThan(0);
    for (const path of named) {
      expect(
        files.some((file) => file.path === path || file.path.endsWith(`/${path}`)),
        path,
      ).toBe(true);
    }
  });
});

describe("constraints", () => {
  const constraints = (...messages: Parameters<typeof session>[0]) =>
    collectFacts([session(messages)]).constraints;

  test("are the user's sentences, word for word", () => {
    const text =
      "The totals are wrong. Fix them, please. Never touch `db/migrations`, and keep the API as it is!";
    expect(constraints(text).map(({ kind, text }) => [kind, text])).toEqual([
      ["correct", "The totals are wrong."],
      ["ask", "Fix them, please."],
      ["forbid", "Never touch `db/migrations`, and keep the API as it is!"],
    ]);
  });

  test("are found in lists, tables and several languages", () => {
    const text =
      "- only use `pnpm`\n| step | must be signed |\n\nNe modifie jamais le schéma.\nBitte immer die Tests laufen lassen.";
    expect(constraints(text).map(({ kind }) => kind)).toEqual(["require", "require", "forbid", "require"]);
  });

  test("are no questions, but for polite orders", () => {
    expect(
      constraints("Why don't we show it?", "Could you please not touch the schema?").map(({ kind }) => kind),
    ).toEqual(["ask", "forbid"]);
  });

  test("that were taken back stay, marked with what took their place", () => {
    const [first, second] = constraints(
      "Never push to the main branch.",
      { says: "Understood." },
      "You may push to the main branch now.",
    );
    expect(first).toMatchObject({ kind: "forbid", supersededBy: { text: second!.text } });
    expect(second).not.toHaveProperty("supersededBy");
  });

  test("of other matters supersede nothing", () => {
    const all = constraints("Never push to the main branch.", "Don't rename the helper, inline it instead.");
    expect(all.filter((constraint) => "supersededBy" in constraint)).toEqual([]);
  });

  test("said again are listed once and hold again", () => {
    const all = constraints(
      "Use tabs in the Makefile.",
      "Use spaces in the Makefile instead of tabs.",
      "Use tabs in the Makefile.",
    );
    expect(all).toHaveLength(2);
    expect(all[0]!.repeated).toHaveLength(1);
    expect(all[0]).not.toHaveProperty("supersededBy");
  });

  test("that a client put in are marked", () => {
    expect(constraints("# AGENTS.md instructions for x\n\nAlways run the linter.")).toMatchObject([
      { origin: "client" },
    ]);
  });

  test("come from refused calls too", () => {
    const refusal =
      "The user doesn't want to proceed with this tool use. To tell you how to proceed, the user said:\nnever edit that file";
    const { constraints: said, errors } = collectFacts([session([edit("a.ts", refusal)])]);
    expect(said).toMatchObject([{ kind: "forbid", text: "never edit that file" }]);
    expect(errors).toEqual([]);
  });
});

describe("errors", () => {
  const errors = (...messages: Parameters<typeof session>[0]) => collectFacts([session(messages)]).errors;

  test("are open until the same command goes well", () => {
    const failing = shell("npm test", "AssertionError: expected 3, got 4", 1);
    expect(errors(failing)).toMatchObject([{ status: "open", text: "AssertionError: expected 3, got 4" }]);
    const [error] = errors(failing, edit("a.ts"), shell("npm test 2>&1 | tail -5", "ok"));
    expect(error).toMatchObject({ status: "resolved", resolvedBy: { step: 3 } });
  });

  test("that came back are open again, and counted", () => {
    const failing = shell("make", "fatal: no rule", 2);
    expect(errors(failing, shell("make"), failing)).toMatchObject([{ status: "open", count: 2 }]);
  });

  test("behind a pager are seen by the counts of the tests", () => {
    const summary = "FAILED tests/test_a.py::test_total - AssertionError: wrong\n1 failed, 11 passed in 0.4s";
    expect(errors(shell("pytest | tail -3", summary))).toMatchObject([{ status: "open" }]);
  });

  test("are not what a search without a hit ends with", () => {
    expect(errors(shell("grep -n nothing a.ts", "", 1))).toEqual([]);
  });
});

describe("commands", () => {
  test("come with their last outcome and counts", () => {
    const before = shell("npx vitest run", " Tests  2 failed | 10 passed (12)", 1);
    const after = shell("npx vitest run", " Tests  12 passed (12)");
    expect(collectFacts([session([before, after])]).commands).toMatchObject([
      { purpose: "test", runs: 2, failures: 1, last: { outcome: "ok", counts: { passed: 12, failed: 0 } } },
    ]);
  });

  test.each([
    ["===== 3 failed, 10 passed, 1 skipped in 1.2s =====", 10, 3],
    ["Tests:       1 failed, 2 passed, 3 total", 2, 1],
    ["test result: FAILED. 12 passed; 2 failed; 1 ignored; 0 measured", 12, 2],
    ["Ran 12 tests in 0.1s\n\nFAILED (failures=1, errors=2)", 9, 3],
    ["--- FAIL: TestA (0.00s)\n--- FAIL: TestB (0.00s)", 0, 2],
    ["  12 passing (40ms)\n  2 failing", 12, 2],
    ["ℹ pass 33\nℹ fail 0", 33, 0],
    ["Found 3 errors in 2 files.", 0, 3],
    ["✖ 3 problems (2 errors, 1 warning)", 0, 2],
  ])("count what %j says", (output, passed, failed) => {
    const { commands } = collectFacts([session([shell("check", output)])]);
    expect(commands[0]!.last.counts).toMatchObject({ passed, failed });
  });
});

describe("findings", () => {
  test("are right in nine of ten cases on the labelled sentences", () => {
    const found = LABELLED_SENTENCES.filter(([, sentence]) => findingKind(sentence) !== undefined);
    const right = found.filter(([label]) => label !== "none");
    const all = LABELLED_SENTENCES.filter(([label]) => label !== "none");
    expect(LABELLED_SENTENCES.length).toBeGreaterThanOrEqual(200);
    expect(right.length / found.length).toBeGreaterThanOrEqual(0.9);
    expect(right.length / all.length).toBeGreaterThanOrEqual(0.7);
  });

  test("know a cause from a choice and a result", () => {
    for (const [label, sentence] of LABELLED_SENTENCES) {
      const kind = findingKind(sentence);
      if (kind !== undefined && label !== "none") expect([kind, sentence]).toEqual([label, sentence]);
    }
  });
});

describe("the plan", () => {
  test("has every item with its last status", () => {
    const todos = (status: string) => ({
      tool: "TodoWrite",
      input: {
        todos: [
          { content: "Fix it", status },
          { content: "Test it", status: "pending" },
        ],
      },
      result: "ok",
    });
    expect(collectFacts([session([todos("in_progress"), todos("completed")])]).plan).toMatchObject([
      { text: "Fix it", status: "done" },
      { text: "Test it", status: "open" },
    ]);
  });

  test("follows tasks by their number", () => {
    const create = { tool: "TaskCreate", input: { subject: "Fix it" }, result: "Task #7 created" };
    const update = { tool: "TaskUpdate", input: { taskId: "7", status: "completed" }, result: "ok" };
    expect(collectFacts([session([create, update])]).plan).toMatchObject([
      { text: "Fix it", status: "done" },
    ]);
  });
});

test("references count when they are used again, not when they are printed", () => {
  const printed = shell("git log", "4f2a9c1 Fix\n9b8c7d6 Add");
  const { references } = collectFacts([session([printed, shell("git show 4f2a9c1")])]);
  expect(references).toMatchObject([{ kind: "commit", text: "4f2a9c1", uses: 1 }]);
});

describe("several sessions", () => {
  const monday = session(
    ["Never push.", shell("npm test", "Error: broken", 1), edit("a.ts")],
    "monday.jsonl",
  );
  const tuesday = session([shell("npm test"), shell("rm a.ts")], "tuesday.jsonl");

  test("make one set, in which later facts supersede earlier ones and both sources are shown", () => {
    const facts = collectFacts([monday, tuesday]);
    expect(facts.errors).toMatchObject([
      {
        status: "resolved",
        first: { transcript: "monday.jsonl" },
        resolvedBy: { transcript: "tuesday.jsonl" },
      },
    ]);
    expect(facts.files).toMatchObject([{ path: "a.ts", state: "deleted" }]);
    expect(facts.files[0]!.operations.map(({ source }) => source.transcript)).toEqual([
      "monday.jsonl",
      "tuesday.jsonl",
    ]);
  });
});

describe.each(sampleNames)("the facts of %s", (name) => {
  const sessions = sessionsOf(name);
  const facts = collectFacts(sessions);

  test("stand word for word in the block that they name", () => {
    const { blocks } = sessions[0]!.transcript;
    const statements = [
      ...facts.constraints.map(({ text, source }) => ({ text, source })),
      ...facts.findings.map(({ text, source }) => ({ text, source })),
      ...facts.errors.flatMap(({ text, first }) =>
        text.split("\n").map((line) => ({ text: line, source: first })),
      ),
    ];
    expect(statements.length).toBeGreaterThan(0);
    for (const { text, source } of statements) {
      const block = blocks[source.block]!;
      expect(block.entry).toMatchObject({ index: source.entry });
      expect(block.entry.line.number).toBe(source.line);
      expect(block.text).toContain(text);
    }
  });

  test("are the same every time", () => {
    expect(JSON.stringify(collectFacts(sessionsOf(name)))).toBe(JSON.stringify(facts));
  });

  test("fit a ledger of exactly so many tokens at most, and a larger one says more", () => {
    const { count } = { count: (text: string) => tokenCounter("o200k_base").count(text) };
    const sizes = [1, 60, 200, 800, 100_000].map((tokens) => {
      const size = count(ledger(facts, tokens, count));
      expect(size).toBeLessThanOrEqual(tokens);
      return size;
    });
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(factsAsMarkdown(facts)).toContain("## ");
  });
});

test("a ledger begins with what the user ordered, the newest first", () => {
  const said = ["Never push.", "The page won't load on my machine.", "Don't rename the table."];
  const text = ledger(collectFacts([session(said)]), 100, (part) => part.length / 4);
  expect(text.match(/"[^"]+"/g)).toEqual([
    '"Don\'t rename the table."',
    '"Never push."',
    '"The page won\'t load on my machine."',
  ]);
});

describe("since", () => {
  const facts = collectFacts(sessionsOf("claude-code.jsonl"));

  test("a line leaves out what was settled before it", () => {
    const late = factsSince(facts, parseSince("141")!);
    expect(late.files.length).toBeLessThan(facts.files.length);
    expect(late.errors).toMatchObject([{ target: "npm run smoke" }]);
  });

  test("a date reads the clock of the transcript", () => {
    expect(factsSince(facts, parseSince("2000-01-01")!).files).toEqual(facts.files);
    expect(factsSince(facts, parseSince("2999-01-01")!).files).toEqual([]);
  });

  test("anything else is refused", () => {
    expect(parseSince("yesterday")).toBeUndefined();
    expect(parseSince("2026-99")).toBeUndefined();
  });
});

test("control characters of a transcript do not reach a terminal", () => {
  const hostile = session(["Never \u001b[31mred\u001b]0;title\u0007 \u202eback."]);
  expect(factsAsMarkdown(collectFacts([hostile]))).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
});
