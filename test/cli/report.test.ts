// What is told about a run, in words and in JSON.
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { CUT, claudeSession, refsIn } from "./transcripts.ts";

const SESSION = claudeSession();

describe("the text report", () => {
  test("is a short table on stderr, with context tokens and disk bytes apart", async () => {
    const { stderr, code } = await new Place().main([], { input: SESSION });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^ {2}context tokens +before +after$/m);
    expect(stderr).toMatch(/^ {2}observation +[\d,]+ +[\d,]+ +-\d+ %$/m);
    expect(stderr).toMatch(/^ {2}bytes on disk +[\d,]+ +[\d,]+ +-\d+ %$/m);
    expect(stderr).toMatch(/^ {2}delete-lines +10 +0 +395 +[\d,]+$/m);
    expect(stderr).toMatch(/^ {2}10 observations in the store \(\+[\d,]+ bytes\)$/m);
    expect(stderr).toMatch(/^ {2}prompt cache: first edit at token \d+, paid for /m);
    for (const line of stderr.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("of several files is one table with a sum", async () => {
    const place = new Place();
    place.write("a.jsonl", claudeSession({ name: "a" }));
    place.write("b.jsonl", "unknown\n");
    const { stderr, code } = await place.main(["a.jsonl", "b.jsonl", "missing.jsonl", "-o", "out"]);
    expect(code).toBe(2);
    const table = stderr.split("\n").filter((line) => line.startsWith("  "));
    expect(table.map((line) => line.trim().split(/\s+/)[0])).toEqual([
      "file",
      "a.jsonl",
      "b.jsonl",
      "missing.jsonl",
      "all",
    ]);
  });

  test("cannot be forged by names from the transcript", async () => {
    const evil = SESSION.replaceAll('"name":"Bash"', '"name":"\\u001b[2JBash\\n"').replaceAll(
      "make part-1",
      "\\u001b]0;x\\u0007",
    );
    const { stderr } = await new Place().main(["--explain"], { input: evil });
    expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    expect(stderr).toContain("\\u001b[2JBash\\n");
  });
});

describe("--report json", () => {
  test("has every number, and they add up", async () => {
    const { stdout, stderr, code } = await new Place().main(["--report", "json"], { input: SESSION });
    const report = JSON.parse(stderr);
    const [file] = report.files;
    expect(code).toBe(0);
    expect(report.version).toBe(1);
    expect(file).toMatchObject({
      path: "stdin",
      format: "claude-code",
      preset: "balanced",
      status: "compacted",
      artifacts: CUT,
      warnings: [],
    });
    expect(file.disk).toMatchObject({ before: SESSION.length, after: stdout.length });
    const kinds = Object.values<{ before: number; after: number }>(file.context.byKind);
    expect(kinds.reduce((sum, { before }) => sum + before, 0)).toBe(file.context.tokensBefore);
    expect(kinds.reduce((sum, { after }) => sum + after, 0)).toBe(file.context.tokensAfter);
    expect(file.context.byTool.Bash).toEqual(file.context.byKind.observation);
    expect(file.stages.map(({ stage }: { stage: string }) => stage)).toEqual([
      "drop-sidecars",
      "delete-lines",
    ]);
    const freed = file.stages.reduce((sum: number, { tokens }: { tokens: number }) => sum + tokens, 0);
    expect(file.context.tokensBefore - freed).toBe(file.context.tokensAfter);
    expect(Object.keys(file.cache)).toEqual([
      "firstEditedToken",
      "breakEvenTurns",
      "thinkingBlocksAfterFirstEdit",
    ]);
    expect(report.total).toMatchObject({
      files: 1,
      failed: 0,
      context: { tokensBefore: file.context.tokensBefore },
    });
  });

  test("is the only thing on stderr with -q", async () => {
    const { stdout, stderr, code } = await new Place().main(["-q", "--report", "json"], {
      input: `torn\n${SESSION}`,
    });
    expect({ code, refs: refsIn(stdout).length }).toEqual({ code: 0, refs: CUT });
    expect(JSON.parse(stderr).files[0].warnings).toHaveLength(1);
  });

  test("names the files that failed, and why", async () => {
    const place = new Place();
    const { stderr, code } = await place.main(["--report-file", "r.json", "-n", "missing.jsonl", "-q"]);
    expect(JSON.parse(place.read("r.json")).files[0]).toMatchObject({
      path: "missing.jsonl",
      status: "failed",
      error: "no such file or directory",
    });
    expect({ stderr, code }).toEqual({
      stderr: "compact: missing.jsonl: no such file or directory\n",
      code: 2,
    });
  });
});

describe("--report-file", () => {
  test("takes the report instead of stderr: JSON unless --report says otherwise", async () => {
    const place = new Place();
    const first = await place.main(["--report-file", "r.json"], { input: SESSION });
    expect({ stderr: first.stderr, code: first.code }).toEqual({ stderr: "", code: 0 });
    expect(JSON.parse(place.read("r.json")).version).toBe(1);
    await place.main(["--report-file", "r.txt", "--report", "text"], { input: SESSION });
    expect(place.read("r.txt")).toContain("stdin: claude-code, preset balanced\n");
  });

  test("does not replace a file without --force, and nothing is compacted then", async () => {
    const place = new Place();
    place.write("r.json", "precious\n");
    const { stdout, stderr, code } = await place.main(["--report-file", "r.json"], { input: SESSION });
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr: `compact: --report-file: ${place.path("r.json")} exists, expected a new name\n  add --force to replace it\n`,
      code: 2,
    });
    expect(place.files()).toEqual(["r.json"]);
  });

  test.each([
    ["an input", "a.jsonl"],
    ["the output", "out.jsonl"],
  ])("is never %s, not even with --force", async (_what, name) => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    const { stderr, code } = await place.main([
      "a.jsonl",
      "-o",
      "out.jsonl",
      "--force",
      "--report-file",
      name,
    ]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^compact: --report-file: .+, expected another file$/m);
    expect(place.read("a.jsonl") === SESSION).toBe(true);
  });

  test("that cannot be written is an error, and the outputs are there", async () => {
    const place = new Place();
    const { stdout, stderr, code } = await place.main(["--report-file", "/proc/r.json"], { input: SESSION });
    expect({ stderr, code, refs: refsIn(stdout).length }).toEqual({
      stderr: "compact: --report-file: /proc/r.json cannot be written: no such file or directory\n",
      code: 2,
      refs: CUT,
    });
  });
});

describe("--explain", () => {
  test("has a line for each deletion: where, which tool, how much, which stage, why", async () => {
    const { stderr, code } = await new Place().main(["--explain", "--report", "none"], { input: SESSION });
    expect(code).toBe(0);
    const lines = stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(14 + CUT);
    expect(lines[0]).toMatch(
      /^line 3, entry 2, Bash make part-1: 40 lines, \d+ tokens; delete-lines: worth least for its tokens, level \d+ of \d+$/,
    );
    expect(lines[1]).toMatch(
      /^line 3, entry 2, sidecar: \d+ bytes on disk; drop-sidecars: a copy that the model never sees$/,
    );
  });

  test("says why something was refused", async () => {
    const { stderr } = await new Place().main(
      ["--explain", "-p", "mask", "--report", "none", "--protect", "Bash"],
      {
        input: SESSION,
      },
    );
    expect(stderr).toContain("Bash make part-1: refused, --protect Bash; mask-observations: ");
  });

  test("names the file when there are several", async () => {
    const place = new Place();
    for (const name of ["a", "b"]) place.write(`${name}.jsonl`, claudeSession({ name }));
    const { stderr } = await place.main(["-n", "--explain", "--report", "none", "a.jsonl", "b.jsonl"]);
    const places = new Set(
      stderr
        .trimEnd()
        .split("\n")
        .map((line) => line.slice(0, 13)),
    );
    expect([...places]).toEqual(["a.jsonl: line", "b.jsonl: line"]);
  });
});

describe("--quiet", () => {
  test("leaves errors and unmet conditions", async () => {
    const place = new Place();
    expect(await place.main(["-q"], { input: claudeSession({ calls: 1, lines: 1 }) })).toMatchObject({
      stderr: "",
      code: 0,
    });
    expect((await place.main(["-q", "missing.jsonl"])).stderr).toBe(
      "compact: missing.jsonl: no such file or directory\n",
    );
    expect((await place.main(["-q", "-b", "1"], { input: SESSION })).stderr).toContain("expected 1 or fewer");
    expect((await place.main(["-q", "--no-artifacts"], { input: SESSION })).stderr).toBe("");
  });
});

describe("--verbose", () => {
  test("adds the stack of an error, which nobody else sees", async () => {
    const place = new Place();
    const plain = await place.main(["-q", "missing.jsonl"]);
    const verbose = await place.main(["-q", "-v", "missing.jsonl"]);
    expect(plain.stderr).not.toContain("    at ");
    expect(verbose.stderr).toContain("    at ");
    const restored = await place.main(["restore", "-v", "missing.jsonl"]);
    expect(restored.stderr).toContain("    at ");
  });
});
