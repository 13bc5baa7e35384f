// Which stream carries what.
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { CUT, claudeSession, codexRollout, observation, openaiChat, refOf, refsIn } from "./transcripts.ts";

const FORMATS = [
  ["claude-code", claudeSession({ name: "x" })],
  ["codex", codexRollout({ name: "x" })],
  ["openai-chat", openaiChat({ name: "x" })],
] as const;

describe("a pipe", () => {
  test.each(FORMATS)(
    "carries a %s transcript and nothing else; the report goes to stderr",
    async (format, session) => {
      const { stdout, stderr, code } = await new Place().main([], { input: session });
      expect(code).toBe(0);
      expect(stderr.split("\n")[0]).toBe(`stdin: ${format}, preset balanced`);
      const lines = stdout.trimEnd().split("\n");
      expect(lines).toHaveLength(session.trimEnd().split("\n").length);
      for (const line of lines) expect(JSON.parse(line)).toBeTypeOf("object");
      expect(refsIn(stdout)).toEqual(
        Array.from({ length: CUT }, (_, i) => i + 1).map((call) => refOf(observation("x", call, 40))),
      );
    },
  );

  test("of two compacts in a row gives what one gives", async () => {
    const place = new Place();
    const session = place.write("session.jsonl", claudeSession());
    const { stdout: once } = await place.main([session]);
    const twice = await place.shell(`compact session.jsonl 2>err1 | compact 2>err2; cat err2 >&2`);
    expect(twice.code).toBe(0);
    expect(twice.stdout === once).toBe(true);
    expect(twice.stderr).toContain("stdin: claude-code");
  });

  test("takes `-` for stdin, and for stdout after -o", async () => {
    const place = new Place();
    const session = claudeSession();
    const plain = await place.main([], { input: session });
    const named = await place.main(["-", "-o", "-"], { input: session });
    expect({ code: named.code, same: named.stdout === plain.stdout }).toEqual({ code: 0, same: true });
    expect(place.exists("-")).toBe(false);
  });

  test("with nothing in it gives nothing, quietly and with 0", async () => {
    const { stdout, stderr, code } = await new Place().run([], { input: "" });
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr: "stdin: empty, nothing to do\n",
      code: 0,
    });
  });
});

describe("a terminal", () => {
  test("without a file gets the short help on stderr, and 2", async () => {
    const { stdout, stderr, code } = await new Place().main([], { terminals: ["stdin"] });
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain("compact < session.jsonl > smaller.jsonl");
  });

  test("without a file gets it from `restore` too", async () => {
    const { stdout, stderr, code } = await new Place().main(["restore"], { terminals: ["stdin"] });
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain("compact restore smaller.jsonl");
  });

  test("is read when `-` says so", async () => {
    const { code, stdout } = await new Place().main(["-"], { terminals: ["stdin"], input: claudeSession() });
    expect({ code, refs: refsIn(stdout).length }).toEqual({ code: 0, refs: CUT });
  });
});

describe("a reader that goes away", () => {
  const long = claudeSession({ calls: 400, lines: 60 }); // more than a pipe holds

  test("ends `compact | head -1` quietly with 0, the store written", async () => {
    const place = new Place();
    place.write("session.jsonl", long);
    const { stdout, stderr, code } = await place.shell(
      `compact -s mask-observations:keep=300 session.jsonl | head -1; exit \${PIPESTATUS[0]}`,
    );
    expect({ lines: stdout.split("\n").length, stderr, code }).toEqual({ lines: 2, stderr: "", code: 0 });
    expect(place.files(".compact/undo")).toHaveLength(1);
  });

  test("ends `get` quietly", async () => {
    const place = new Place();
    place.write("session.jsonl", claudeSession({ calls: 14, lines: 20_000 }));
    const { stdout } = await place.run(["-s", "mask-observations", "session.jsonl"]);
    const ended = await place.shell(`compact get ${refsIn(stdout)[3]} | head -1; exit \${PIPESTATUS[0]}`);
    expect(ended).toEqual({ stdout: 'a/part-4.c:1: compiled "unit 0"\n', stderr: "", code: 0 });
  });

  test.each(["--version", "-h", "--help", "get --help", "--list-stages", "--print-config"])(
    "ends `%s` quietly",
    async (args) => {
      const { stdout, stderr, code } = await new Place().shell(
        `compact ${args} | true; sleep 0.05; exit \${PIPESTATUS[0]}`,
      );
      expect({ stdout, stderr, code }).toEqual({ stdout: "", stderr: "", code: 0 });
    },
  );

  test("of stderr does not keep the outputs from being written", async () => {
    const place = new Place();
    place.write("a.jsonl", claudeSession({ name: "a" }));
    place.write("b.jsonl", `not json\n${claudeSession({ name: "b" })}`);
    place.write("c.jsonl", claudeSession({ name: "c" }));
    const { code } = await place.shell(
      "(sleep 0.3; compact a.jsonl b.jsonl c.jsonl -o out --explain; echo $? > code) 2>&1 | true; exit $(cat code)",
    );
    expect({ code, files: place.files("out") }).toEqual({
      code: 0,
      files: ["a.jsonl", "b.jsonl", "c.jsonl"],
    });
  });
});

describe("colour", () => {
  const BOLD = "\u001b[1m";
  const NOTHING: Record<string, string> = {};
  const report = async (args: string[], options: { terminal: boolean; env: Record<string, string> }) => {
    const around = { input: claudeSession(), env: options.env };
    const { stderr } = await new Place().main(
      args,
      options.terminal ? { ...around, terminals: ["stderr"] } : around,
    );
    return stderr.includes(BOLD);
  };

  test.each([
    { args: [], terminal: true, env: NOTHING, coloured: true },
    { args: [], terminal: false, env: NOTHING, coloured: false },
    { args: [], terminal: true, env: { NO_COLOR: "1" }, coloured: false },
    { args: [], terminal: true, env: { NO_COLOR: "" }, coloured: true },
    { args: [], terminal: true, env: { TERM: "dumb" }, coloured: false },
    { args: ["--color", "auto"], terminal: true, env: NOTHING, coloured: true },
    { args: ["--color", "always"], terminal: false, env: NOTHING, coloured: true },
    { args: ["--color", "always"], terminal: false, env: { NO_COLOR: "1" }, coloured: true },
    { args: ["--color=never"], terminal: true, env: NOTHING, coloured: false },
  ])("with $args, terminal $terminal and $env: $coloured", async ({ args, terminal, env, coloured }) => {
    expect(await report(args, { terminal, env })).toBe(coloured);
  });

  test("never reaches a report file", async () => {
    const place = new Place();
    await place.main(["--color", "always", "--report", "text", "--report-file", "r.txt"], {
      input: claudeSession(),
    });
    expect(place.read("r.txt")).toContain("stdin: claude-code, preset balanced");
    expect(place.read("r.txt")).not.toContain("\u001b");
  });
});
