// Full disks, missing permissions and Ctrl-C: whole or not at all.
import { type ChildProcess, execFileSync } from "node:child_process";
import { once } from "node:events";
import { open } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { finished, Place } from "./run.ts";
import { CUT, claudeSession, openaiChat, refsIn } from "./transcripts.ts";

const SESSION = claudeSession();

describe("a full disk", () => {
  test("as stdout is an error, with 2", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    for (const command of ["compact --report none a.jsonl", "compact restore a.jsonl", "compact --help"]) {
      const { stderr, code } = await place.shell(`${command} > /dev/full`);
      expect(stderr).toMatch(
        /^compact: (?:a\.jsonl: )?stdout cannot be written: no space left on the device\n$/,
      );
      expect(code).toBe(2);
    }
  });

  test("as stderr does not keep the output from being written", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    const { code } = await place.shell("compact a.jsonl -o small.jsonl 2> /dev/full");
    expect({ code, refs: refsIn(place.read("small.jsonl")).length }).toEqual({ code: 0, refs: CUT });
  });

  // A limit on the size of files stands for the disk: it works without being root. In kB.
  test("for the output leaves what was there, and no temporary file", async () => {
    const place = new Place();
    place.write("a.jsonl", claudeSession({ calls: 60 }));
    place.write("old.jsonl", "old\n");
    const { stdout, stderr, code } = await place.shell(
      "trap '' XFSZ; ulimit -f 30; compact --report none a.jsonl -o old.jsonl --force -s mask-observations:keep=40",
    );
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr: `compact: a.jsonl: ${place.path("old.jsonl")} cannot be written: the file is too large for this file system\n`,
      code: 2,
    });
    expect(place.files().filter((name) => !name.startsWith(".compact/"))).toEqual(["a.jsonl", "old.jsonl"]);
    expect(place.read("old.jsonl")).toBe("old\n");
  });

  test("for the store leaves the store without a trace of the run, and no output", async () => {
    const place = new Place();
    place.write("a.jsonl", claudeSession({ calls: 14, lines: 2000 }));
    const { stdout, stderr, code } = await place.shell(
      "trap '' XFSZ; ulimit -f 30; compact --report none a.jsonl",
    );
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr:
        `compact: a.jsonl: the store ${place.path(".compact")} cannot be written: the file is too large for this file system\n` +
        "  name another place with -a DIR; the output was not written\n",
      code: 2,
    });
    expect(place.files(".compact").filter((name) => name !== ".gitignore")).toEqual([]);
  });

  test("with -i leaves the file as it was", async () => {
    const place = new Place();
    const session = claudeSession({ calls: 14, lines: 2000 });
    place.write("a.jsonl", session);
    const { code } = await place.shell("trap '' XFSZ; ulimit -f 30; compact -q -i a.jsonl");
    expect({ code, same: place.read("a.jsonl") === session }).toEqual({ code: 2, same: true });
    expect(place.files().filter((name) => name !== ".compact/.gitignore")).toEqual(["a.jsonl"]);
  });

  test("as the device that -o names says so", async () => {
    const { stdout, stderr, code } = await new Place().main(["--report", "none", "-o", "/dev/full"], {
      input: SESSION,
    });
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr: "compact: stdin: /dev/full cannot be written: no space left on the device\n",
      code: 2,
    });
  });
});

describe("a place that cannot be written", () => {
  test.each([
    [
      "store",
      ["-a", "file/store"],
      "the store %/file/store cannot be written: a part of the path is not a directory",
    ],
    [
      "store that is a file",
      ["-a", "file"],
      "the store %/file cannot be written: a part of the path is not a directory",
    ],
    [
      "output",
      ["-o", "file/out.jsonl"],
      "%/file/out.jsonl cannot be written: a part of the path is not a directory",
    ],
    [
      "output in /proc",
      ["-o", "/proc/out.jsonl"],
      "/proc/out.jsonl cannot be written: no such file or directory",
    ],
  ])("ends with 2 and nothing on stdout: %s", async (_what, args, message) => {
    const place = new Place();
    place.write("file", "x");
    place.write("a.jsonl", SESSION);
    const { stdout, stderr, code } = await place.main(["--report", "none", "a.jsonl", ...args]);
    expect({ stdout, stderr: stderr.split("\n")[0], code }).toEqual({
      stdout: "",
      stderr: `compact: a.jsonl: ${message.replace("%", place.directory)}`,
      code: 2,
    });
    expect(place.files().filter((name) => !name.startsWith(".compact/"))).toEqual(["a.jsonl", "file"]);
  });

  test.each([
    [
      "store",
      ["a.jsonl", "-a", "locked/store"],
      "a.jsonl: the store %/locked/store cannot be written: permission denied",
    ],
    [
      "output",
      ["a.jsonl", "--no-artifacts", "-o", "locked/out.jsonl"],
      "a.jsonl: %/locked/out.jsonl cannot be written: permission denied",
    ],
    [
      "file in place",
      ["-i", "-a", "store", "locked/b.jsonl"],
      "locked/b.jsonl: %/locked/b.jsonl cannot be written: permission denied",
    ],
  ])("for want of permission ends with 2: %s", async (_what, args, message) => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    place.write("locked/b.jsonl", SESSION);
    place.makeDirectory("locked", 0o555);
    place.makeDirectory("store", 0o777);
    const { stdout, stderr, code } = await place.mainWithoutRights(["-q", ...args]);
    expect({ stdout, stderr: stderr.split("\n")[0], code }).toEqual({
      stdout: "",
      stderr: `compact: ${message.replace("%", place.directory)}`,
      code: 2,
    });
    expect(place.read("locked/b.jsonl") === SESSION).toBe(true);
    expect(place.files("locked")).toEqual(["b.jsonl"]);
  });
});

describe("Ctrl-C", () => {
  test("while stdin is awaited ends with 130, nothing written", async () => {
    const place = new Place();
    const child = place.start(["-o", "out.jsonl"]);
    const end = finished(child);
    await reading(child);
    child.kill("SIGINT");
    expect(await end).toEqual({ stdout: "", stderr: "", code: 130 });
    expect(place.files()).toEqual([]);
  });

  test("while a pipe is awaited that was named as a file ends at once", async () => {
    const place = new Place();
    execFileSync("mkfifo", [place.path("pipe")]);
    const child = place.start(["pipe", "-o", "out.jsonl"]);
    const end = finished(child);
    const writer = await open(place.path("pipe"), "w"); // opens when the other end is open too
    child.kill("SIGINT");
    expect(await end).toEqual({ stdout: "", stderr: "", code: 130 });
    await writer.close();
    expect(place.files()).toEqual(["pipe"]);
  });

  test.each([
    ["the filter", []],
    ["-o", ["-o", "out.jsonl"]],
    ["report", ["report", "-"]],
    ["--each-line", ["--each-line"]],
  ])("while it computes ends at once, as a signal does: %s", async (_what, args) => {
    const place = new Place();
    const child = place.start(args);
    const end = finished(child);
    const signal = new Promise((done) => child.on("exit", (_code, name) => done(name)));
    const large = claudeSession({ calls: 300, lines: 2000 });
    const input = args.includes("--each-line") ? `${JSON.stringify(large)}\n` : large;
    child.stdin?.end(input);
    await once(child.stdin!, "finish");
    await new Promise((done) => setTimeout(done, 500)); // it takes seconds
    child.kill("SIGINT");
    expect(await end).toEqual({ stdout: "", stderr: "", code: 130 });
    expect(await signal).toBe("SIGINT");
    expect(place.files()).toEqual([]);
  });

  test("while `restore` awaits stdin ends with 130", async () => {
    const child = new Place().start(["restore"]);
    const end = finished(child);
    await reading(child);
    child.kill("SIGINT");
    expect(await end).toEqual({ stdout: "", stderr: "", code: 130 });
  });

  test("in a batch leaves what is done, begins nothing new, and ends with 130", async () => {
    const place = new Place();
    place.write("a.jsonl", openaiChat({ name: "a" }));
    place.write("b.jsonl", `torn\n${openaiChat({ name: "b" })}`);
    place.write("c.jsonl", openaiChat({ name: "c" }));
    const interruption = new AbortController();
    const args = ["--report-file", "r.json", "a.jsonl", "b.jsonl", "c.jsonl", "-o", "out"];
    const { stdout, stderr, code } = await place.main(args, {
      interrupted: interruption.signal,
      onStderr: () => interruption.abort(), // at the warning of the second file
    });
    expect({ stdout, code, files: place.files("out") }).toEqual({
      stdout: "",
      code: 130,
      files: ["a.jsonl", "b.jsonl"],
    });
    expect(stderr).toMatch(/^compact: b\.jsonl:1: not JSON .+\ncompact: interrupted; .+ --resume .+\n$/);
    const { files } = JSON.parse(place.read("r.json"));
    expect(files.map(({ path }: { path: string }) => path)).toEqual(["a.jsonl", "b.jsonl"]);
  });

  test("leaves no temporary file, at whatever moment it comes", async () => {
    const place = new Place();
    const session = claudeSession({ calls: 120, lines: 60 });
    for (let wait = 40; wait <= 200; wait += 40) {
      place.write("a.jsonl", session);
      const child = place.start(["-q", "-i", "a.jsonl"]);
      const end = finished(child);
      await new Promise((done) => setTimeout(done, wait));
      child.kill("SIGINT");
      const { code } = await end;
      expect([0, 130]).toContain(code);
      expect(place.files().filter((name) => name.includes("tmp"))).toEqual([]);
      const restored = await place.main(["restore", "a.jsonl"]);
      expect({ code: restored.code, same: restored.stdout === session }).toEqual({ code: 0, same: true });
    }
  });
});

/** Waits until a process reads: it takes more than a pipe holds. */
function reading(child: ChildProcess): Promise<void> {
  return new Promise((done) => child.stdin?.write(`${"x".repeat(2 ** 20)}\n`, () => done()));
}
