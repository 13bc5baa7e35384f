// Where a result goes, and what it never overwrites.
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { CUT, claudeSession, refsIn } from "./transcripts.ts";

const SESSION = claudeSession();

describe("--output", () => {
  test("names a file, made private, with the folders above it", async () => {
    const place = new Place();
    const { stdout, code } = await place.main(["-q", "-o", "deep/down/small.jsonl"], { input: SESSION });
    expect({ stdout, code, mode: place.mode("deep/down/small.jsonl") }).toEqual({
      stdout: "",
      code: 0,
      mode: "600",
    });
    expect(refsIn(place.read("deep/down/small.jsonl"))).toHaveLength(CUT);
    expect(place.files("deep")).toEqual(["down/small.jsonl"]);
  });

  test("takes one file into a folder that is there, or that ends with a slash", async () => {
    const place = new Place();
    place.write("in/a.jsonl", SESSION);
    place.makeDirectory("out");
    expect((await place.main(["-q", "in/a.jsonl", "-o", "out"])).code).toBe(0);
    expect((await place.main(["-q", "in/a.jsonl", "-o", "new/"])).code).toBe(0);
    expect((await place.main(["-q", "-o", "out"], { input: SESSION })).code).toBe(0);
    expect([...place.files("out"), ...place.files("new")]).toEqual(["a.jsonl", "stdin.jsonl", "a.jsonl"]);
  });

  test("keeps two files of one name apart, below the folder that they share", async () => {
    const place = new Place();
    place.write("x/1/s.jsonl", claudeSession({ name: "one" }));
    place.write("x/2/s.jsonl", claudeSession({ name: "two" }));
    const { code } = await place.main(["-q", "x/1/s.jsonl", "x/2/s.jsonl", "-o", "out"]);
    expect({ code, files: place.files("out") }).toEqual({ code: 0, files: ["1/s.jsonl", "2/s.jsonl"] });
    expect(place.read("out/1/s.jsonl")).toContain("session-one");
    expect(place.read("out/2/s.jsonl")).toContain("session-two");
  });

  test("does not replace a file without --force, and keeps its mode with it", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    place.write("b.jsonl", "precious\n", { mode: 0o640 });
    const refused = await place.main(["a.jsonl", "-o", "b.jsonl", "--report", "none"]);
    expect(refused).toEqual({
      stdout: "",
      stderr: `compact: a.jsonl: ${place.path("b.jsonl")} exists, expected a new name\n  add --force to replace it\n`,
      code: 2,
    });
    expect(place.read("b.jsonl")).toBe("precious\n");
    const forced = await place.main(["-q", "a.jsonl", "-o", "b.jsonl", "--force"]);
    expect({
      code: forced.code,
      refs: refsIn(place.read("b.jsonl")).length,
      mode: place.mode("b.jsonl"),
    }).toEqual({
      code: 0,
      refs: CUT,
      mode: "640",
    });
  });

  test.each([
    ["itself", "a.jsonl"],
    ["another way to it", "sub/../a.jsonl"],
    ["a link to it", "link.jsonl"],
  ])("is never the input, not even with --force: %s", async (_what, output) => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    place.makeDirectory("sub");
    place.link("a.jsonl", "link.jsonl");
    const { stdout, stderr, code } = await place.main([
      "a.jsonl",
      "-o",
      output,
      "--force",
      "--report",
      "none",
    ]);
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr:
        "compact: a.jsonl: the output is the input, expected another file\n  use -i to compact a file in place\n",
      code: 2,
    });
    expect(place.read("a.jsonl") === SESSION).toBe(true);
  });

  test.each([
    ["compact a.jsonl >> a.jsonl"],
    ["compact < a.jsonl >> a.jsonl"],
    ["compact restore a.jsonl >> a.jsonl"],
    ["compact restore < a.jsonl 1<> a.jsonl"],
  ])("is not the input as stdout either: %s", async (command) => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    const { stderr, code } = await place.shell(command);
    expect(stderr.split("\n")[0]).toMatch(
      /^compact: (?:a\.jsonl|stdin): the output is the input, expected another file$/,
    );
    expect({ code, same: place.read("a.jsonl") === SESSION }).toEqual({ code: 2, same: true });
  });

  test("may be the terminal or the pipe that is the input too", async () => {
    const { stdout, stderr, code } = await new Place().shell(
      "compact -q < /dev/null > /dev/null; compact -q < /dev/null",
    );
    expect({ stdout, stderr, code }).toEqual({ stdout: "", stderr: "", code: 0 });
  });

  test("is never another input of the batch", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    place.write("d/a.jsonl", SESSION);
    const { stderr, code } = await place.main([
      "a.jsonl",
      "d/a.jsonl",
      "-o",
      "d",
      "--force",
      "--report",
      "none",
    ]);
    expect({ stderr, code }).toEqual({
      stderr:
        "compact: a.jsonl: the output is the input d/a.jsonl, expected another file\n  use -i to compact a file in place\n",
      code: 2,
    });
    expect(place.read("d/a.jsonl") === SESSION).toBe(true);
  });

  test("does not go through a link to itself", async () => {
    const place = new Place();
    place.link("loop", "loop");
    const { stderr, code } = await place.main(["-o", "loop", "-q"], { input: SESSION });
    expect({ stderr, code }).toEqual({
      stderr: `compact: stdin: ${place.path("loop")} cannot be written: a symbolic link that leads to itself\n`,
      code: 2,
    });
  });

  test("does not go through a link to nothing", async () => {
    const place = new Place();
    place.link("nowhere/file.jsonl", "link.jsonl");
    const { stderr, code } = await place.main(["-o", "link.jsonl", "--report", "none"], { input: SESSION });
    expect({ stderr, code }).toEqual({
      stderr: `compact: stdin: ${place.path("link.jsonl")} is a link to nothing, expected a file or a new name\n`,
      code: 2,
    });
  });

  test("of several files cannot be one file", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    place.write("b.jsonl", SESSION);
    place.write("c.jsonl", "precious\n");
    const { stderr, code } = await place.main(["a.jsonl", "b.jsonl", "-o", "c.jsonl", "--force"]);
    expect({ stderr: stderr.split("\n")[0], code }).toEqual({
      stderr: "compact: c.jsonl: a file, expected a directory for 2 inputs",
      code: 2,
    });
    expect(place.read("c.jsonl")).toBe("precious\n");
  });

  test("excludes --in-place", async () => {
    const { stderr, code } = await new Place().main(["-i", "-o", "x", "a.jsonl"]);
    expect({ stderr, code }).toEqual({
      stderr: "compact: --output and --in-place exclude each other, expected one of them\n",
      code: 2,
    });
  });

  test("writes to pipes and devices and leaves them what they are", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    const { stdout, code } = await place.shell(
      "compact -q a.jsonl -o /dev/null && mkfifo pipe && { cat pipe & compact -q a.jsonl -o pipe; wait; } && test -p pipe",
    );
    expect({ code, refs: refsIn(stdout).length }).toEqual({ code: 0, refs: CUT });
  });
});

describe("--dry-run", () => {
  test("writes the report and nothing else", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    const { stdout, stderr, code } = await place.main(["-n", "a.jsonl", "-o", "b.jsonl"]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
    expect(stderr).toContain("a.jsonl: claude-code");
    expect(place.files()).toEqual(["a.jsonl"]);
  });
});

describe("--no-artifacts", () => {
  test("stores nothing, says so, and leaves markers without refs", async () => {
    const place = new Place();
    const { stdout, stderr, code } = await place.main(["--no-artifacts", "--report", "none"], {
      input: SESSION,
    });
    expect(code).toBe(0);
    expect(stderr).toBe("compact: nothing is stored (--no-artifacts): the output cannot be restored\n");
    expect(stdout.match(/\[compact: ok, (?:39|40) lines, \d+ tokens\]/g)).toHaveLength(CUT);
    expect(place.files()).toEqual([]);
  });

  test("is refused with -i, unless forced", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    const refused = await place.main(["--no-artifacts", "-i", "a.jsonl"]);
    expect(refused).toEqual({
      stdout: "",
      stderr:
        "compact: --no-artifacts with --in-place would lose text for good, expected one of them\n" +
        "  add --force to do it all the same\n",
      code: 2,
    });
    const forced = await place.main(["--no-artifacts", "-q", "-i", "a.jsonl", "--force"]);
    expect({ code: forced.code, files: place.files() }).toEqual({ code: 0, files: ["a.jsonl"] });
    expect(place.read("a.jsonl")).toContain("[compact: ok, 40 lines");
  });
});

describe("a transcript of which nothing goes", () => {
  const short = claudeSession({ calls: 2, lines: 2 });

  test("comes out byte for byte, and nothing is stored", async () => {
    const place = new Place();
    const { stdout, code } = await place.main(["-q"], { input: short });
    expect({ code, same: stdout === short, files: place.files() }).toEqual({
      code: 0,
      same: true,
      files: [],
    });
  });
});
