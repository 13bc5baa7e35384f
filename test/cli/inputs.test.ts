// What may be read, and what is said of what cannot.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { CUT, claudeSession, refsIn } from "./transcripts.ts";

describe("an input that cannot be read", () => {
  test.each([
    ["missing.jsonl", "no such file or directory"],
    ["folder", "is a directory, expected a file"],
    ["broken-link.jsonl", "no such file or directory"],
    ["session.jsonl/x", "a part of the path is not a directory"],
  ])("ends with 2, nothing on stdout, and says so: %s", async (name, reason) => {
    const place = new Place();
    place.makeDirectory("folder");
    place.link("nowhere.jsonl", "broken-link.jsonl");
    place.write("session.jsonl", claudeSession());
    for (const command of [[], ["restore"]]) {
      const { stdout, stderr, code } = await place.main([...command, name]);
      expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
      expect(stderr.split("\n")[0]).toBe(`compact: ${name}: ${reason}`);
    }
  });

  test("is a file without permission", async () => {
    const place = new Place();
    place.write("secret.jsonl", claudeSession(), { mode: 0o000 });
    expect(await place.mainWithoutRights(["-q", "secret.jsonl"])).toEqual({
      stdout: "",
      stderr: "compact: secret.jsonl: permission denied\n",
      code: 2,
    });
  });

  test("does not keep the others of a batch from being compacted", async () => {
    const place = new Place();
    place.write("a.jsonl", claudeSession({ name: "a" }));
    place.write("b.jsonl", claudeSession({ name: "b" }));
    const { stdout, stderr, code } = await place.main(["a.jsonl", "missing.jsonl", "b.jsonl", "-o", "out"]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain("compact: missing.jsonl: no such file or directory\n");
    expect(place.files("out")).toEqual(["a.jsonl", "b.jsonl"]);
  });

  test("is stdin, when it is a directory", async () => {
    const { stdout, stderr, code } = await new Place().shell("compact -q < .");
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr: "compact: stdin: is a directory, expected a file\n",
      code: 2,
    });
  });
});

describe("an odd name", () => {
  test.each(["with space.jsonl", "-n.jsonl", "--force", "ünï ☃.jsonl", "*.jsonl", "a:12.jsonl", "restore"])(
    "is read behind `--`: %s",
    async (name) => {
      const place = new Place();
      place.write(name, claudeSession());
      const { stdout, code } = await place.main(["-q", "--", name]);
      expect({ code, refs: refsIn(stdout).length }).toEqual({ code: 0, refs: CUT });
    },
  );

  test("with a line feed or an escape sequence cannot forge messages or move the cursor", async () => {
    const { stderr, code } = await new Place().main(["evil\ncompact: all is well\u001b[2J\u0007.jsonl"]);
    expect({ stderr: stderr.split("\n")[0], code }).toEqual({
      stderr: "compact: evil\\ncompact: all is well\\u001b[2J\\u0007.jsonl: no such file or directory",
      code: 2,
    });
  });

  test("of 255 bytes has its output beside it", async () => {
    const place = new Place();
    const name = `${"ü".repeat(124)}.jsonl`;
    place.write(name, claudeSession());
    const { stderr, code } = await place.main(["-q", "-i", name]);
    expect({ stderr, code, refs: refsIn(place.read(name)).length }).toEqual({
      stderr: "",
      code: 0,
      refs: CUT,
    });
  });
});

describe("several files", () => {
  test("need a directory or -i", async () => {
    const place = new Place();
    place.write("a.jsonl", claudeSession({ name: "a" }));
    place.write("b.jsonl", claudeSession({ name: "b" }));
    const { stdout, stderr, code } = await place.main(["a.jsonl", "b.jsonl"]);
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr:
        "compact: 2 files would run together on one output, expected one file\n" +
        "  add -o DIRECTORY, or -i to compact each in place\n",
      code: 2,
    });
  });

  test("need nothing of that with --dry-run", async () => {
    const place = new Place();
    place.write("a.jsonl", claudeSession({ name: "a" }));
    place.write("b.jsonl", claudeSession({ name: "b" }));
    const { stdout, stderr, code } = await place.main(["-n", "a.jsonl", "b.jsonl"]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
    expect(stderr).toMatch(/a\.jsonl.*b\.jsonl.*all/s);
  });

  test("that are one file, are one file", async () => {
    const place = new Place();
    place.write("a.jsonl", claudeSession());
    const { stderr, code } = await place.main(["a.jsonl", "./a.jsonl", "-o", "out/", "-q"]);
    expect({ stderr, code, files: place.files("out") }).toEqual({ stderr: "", code: 0, files: ["a.jsonl"] });
  });

  test("cannot be stdin twice", async () => {
    const { stdout, stderr, code } = await new Place().main(["-", "-", "-o", "out"], {
      input: claudeSession(),
    });
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr: "compact: stdin: named twice, expected once: it can be read once only\n",
      code: 2,
    });
  });

  test("may come before the flags", async () => {
    const place = new Place();
    place.write("a.jsonl", claudeSession());
    const { code, stdout } = await place.main(["a.jsonl", "-q", "-p", "mask", "-o", "out.jsonl"]);
    expect({ stdout, code, refs: refsIn(place.read("out.jsonl")).length }).toEqual({
      stdout: "",
      code: 0,
      refs: 4,
    });
  });
});

describe("a line that is not JSON", () => {
  const session = claudeSession();
  const [first = "", ...rest] = session.trimEnd().split("\n");
  const torn = [first, '{"type":"user","mess', "", `${first}${first}`, ...rest].join("\n");

  test("passes through with a warning that names file and line", async () => {
    const place = new Place();
    place.write("s.jsonl", `${torn}\n`);
    const { stdout, stderr, code } = await place.main(["--report", "none", "s.jsonl"]);
    expect(code).toBe(0);
    expect(stdout.split("\n").slice(0, 4)).toEqual(torn.split("\n").slice(0, 4));
    expect(refsIn(stdout)).toHaveLength(CUT);
    expect(stderr.match(/^compact: s\.jsonl:\d+: \w+ \w+/gm)).toEqual([
      "compact: s.jsonl:2: not JSON",
      "compact: s.jsonl:3: blank line",
      "compact: s.jsonl:4: not JSON",
    ]);
  });

  test("keeps the file from being written with --strict, with 1", async () => {
    const place = new Place();
    place.write("s.jsonl", `${torn}\n`);
    place.write("good.jsonl", session);
    const { stdout, stderr, code } = await place.main(["--strict", "s.jsonl"]);
    expect({ stdout, code, store: place.exists(".compact") }).toEqual({ stdout: "", code: 1, store: false });
    expect(stderr).toContain(
      "compact: s.jsonl: 3 warnings, expected none with --strict; nothing was written\n",
    );
    const batch = await place.main(["--strict", "-q", "-o", "out", "s.jsonl", "good.jsonl"]);
    expect({ code: batch.code, files: place.files("out") }).toEqual({ code: 1, files: ["good.jsonl"] });
  });

  test("is told by the report too", async () => {
    const place = new Place();
    place.write("s.jsonl", `${torn}\n`);
    await place.main(["-q", "--report-file", "r.json", "s.jsonl"]);
    expect(JSON.parse(place.read("r.json")).files[0].warnings).toHaveLength(3);
  });
});

describe("bytes of an unusual kind", () => {
  const session = claudeSession();
  const BOM = "\uFEFF";
  test.each([
    ["CRLF", session.replaceAll("\n", "\r\n")],
    ["no final line feed", session.trimEnd()],
    ["a byte order mark", BOM + session],
    ["NUL bytes in a line", `{"a":"\0"}\n${session}`],
    ["blank lines at both ends", `\n\n${session}\n\n`],
  ])("survive, and restore to what they were: %s", async (_kind, bytes) => {
    const place = new Place();
    place.write("s.jsonl", bytes);
    const { code } = await place.main(["-q", "s.jsonl", "-o", "small.jsonl"]);
    expect({ code, refs: refsIn(place.read("small.jsonl")).length }).toEqual({ code: 0, refs: CUT });
    const restored = await place.main(["restore", "small.jsonl"]);
    expect({ stderr: restored.stderr, code: restored.code, same: restored.stdout === bytes }).toEqual({
      stderr: "",
      code: 0,
      same: true,
    });
  });

  test.each([
    ["one byte", "x"],
    ["two bytes", "hi"],
    ["three bytes", "{}\n"],
    ["a lone byte order mark", BOM],
    ["a line feed", "\n"],
    ["JSON of no known format", '{"hello":"world"}\n'],
    ["NUL bytes", "\0\0\0\0"],
  ])("that are no transcript pass through unchanged, with 1: %s", async (_kind, bytes) => {
    const { stdout, stderr, code } = await new Place().main(["--report", "none"], { input: bytes });
    expect({ stdout, stderr, code }).toEqual({
      stdout: bytes,
      stderr:
        "compact: stdin: no known transcript format, expected one of --list-formats; passed through unchanged\n" +
        "  name the format with --format if it is one of them\n",
      code: 1,
    });
  });

  test.each([
    ["gzip", [0x1f, 0x8b, 8, 0], "this is gzip: zcat FILE | compact"],
    ["zstd", [0x28, 0xb5, 0x2f, 0xfd], "this is zstd: zstdcat FILE | compact"],
  ])("that are compressed get a hint: %s", async (_kind, bytes, hint) => {
    const { stderr, code } = await new Place().main([], { input: Buffer.from(bytes) });
    expect({ hint: stderr.split("\n")[1]?.trim(), code }).toEqual({ hint, code: 1 });
  });

  test("come from a named pipe as well", async () => {
    const place = new Place();
    place.write("s.jsonl", session);
    execFileSync("mkfifo", [place.path("pipe")]);
    const { stdout, code } = await place.shell("cat s.jsonl > pipe & compact -q pipe");
    expect({ code, refs: refsIn(stdout).length }).toEqual({ code: 0, refs: CUT });
  });
});
