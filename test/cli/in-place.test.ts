// --in-place: the one way by which compact replaces a file that it read.
import { chownSync, renameSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { oldPath } from "../../src/watch/beside.ts";
import { Place } from "./run.ts";
import { CUT, claudeSession, openaiChat, refsIn } from "./transcripts.ts";

const SESSION = claudeSession();

describe("-i", () => {
  test("replaces each file by its compacted self, its mode kept, nothing on stdout", async () => {
    const place = new Place();
    place.write("a.jsonl", claudeSession({ name: "a" }), { mode: 0o640 });
    place.write("b.jsonl", claudeSession({ name: "b" }), { mode: 0o600 });
    const { stdout, code } = await place.main(["-q", "-i", "a.jsonl", "b.jsonl"]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
    expect(["a.jsonl", "b.jsonl"].map((name) => [refsIn(place.read(name)).length, place.mode(name)])).toEqual(
      [
        [CUT, "640"],
        [CUT, "600"],
      ],
    );
    expect(place.files().filter((name) => !name.startsWith(".compact/"))).toEqual(["a.jsonl", "b.jsonl"]);
  });

  test.runIf(process.getuid?.() === 0)(
    "keeps the owner, when root compacts the file of another",
    async () => {
      const place = new Place();
      const path = place.write("a.jsonl", SESSION, { mode: 0o600 });
      chownSync(path, 12345, 54321);
      expect((await place.main(["-q", "-i", "a.jsonl"])).code).toBe(0);
      const { uid, gid } = statSync(path);
      expect({ uid, gid }).toEqual({ uid: 12345, gid: 54321 });
    },
  );

  test("replaces what a symbolic link points to, and keeps the link", async () => {
    const place = new Place();
    place.write("real/a.jsonl", SESSION);
    place.link("real/a.jsonl", "link.jsonl");
    expect((await place.main(["-q", "-i", "link.jsonl"])).code).toBe(0);
    expect(refsIn(place.read("real/a.jsonl"))).toHaveLength(CUT);
    expect(refsIn(place.read("link.jsonl"))).toHaveLength(CUT);
    expect(place.files("real")).toEqual(["a.jsonl"]);
  });

  test("leaves a file alone that was modified within the last minute, unless forced", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION, { secondsOld: 5 });
    const refused = await place.main(["-i", "a.jsonl", "--report", "none"]);
    expect(refused).toEqual({
      stdout: "",
      stderr:
        "compact: a.jsonl: modified within the last minute, expected an older one: a session may still write to it\n" +
        "  wait, or add --force; nothing was replaced\n",
      code: 2,
    });
    expect(place.files()).toEqual(["a.jsonl"]);
    expect(place.read("a.jsonl") === SESSION).toBe(true);
    expect((await place.main(["-q", "-i", "--force", "a.jsonl"])).code).toBe(0);
    expect(refsIn(place.read("a.jsonl"))).toHaveLength(CUT);
  });

  test("does nothing, quietly, to a recent file of which nothing would go", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION, { secondsOld: 0 });
    const { stderr, code } = await place.main(["-q", "-i", "--window", "200k", "a.jsonl"]);
    expect({ stderr, code, files: place.files() }).toEqual({ stderr: "", code: 0, files: ["a.jsonl"] });
  });

  test("leaves the file itself alone when nothing goes: same inode, same time", async () => {
    const place = new Place();
    const path = place.write("a.jsonl", SESSION);
    await place.main(["-q", "-i", "a.jsonl"]);
    const before = statSync(path);
    expect((await place.main(["-q", "-i", "--force", "a.jsonl"])).code).toBe(0);
    const after = statSync(path);
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });

  test("needs a file", async () => {
    for (const args of [["-i"], ["-i", "-"]]) {
      const { stdout, stderr, code } = await new Place().main(args, { input: SESSION });
      expect({ stdout, stderr, code }).toEqual({
        stdout: "",
        stderr: "compact: stdin: cannot be replaced by --in-place, expected a file\n",
        code: 2,
      });
    }
  });

  test("replaces no pipe and no device", async () => {
    const { stdout, stderr, code } = await new Place().main(["-i", "/dev/null", "--report", "none"]);
    expect({ stdout, stderr, code }).toEqual({
      stdout: "",
      stderr: "compact: /dev/null: cannot be replaced by --in-place, expected a file\n",
      code: 2,
    });
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  test("of the same file twice, through a link, compacts it once", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    place.link("a.jsonl", "b.jsonl");
    const { stderr, code } = await place.main(["-q", "-i", "a.jsonl", "b.jsonl"]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  });
});

describe("a file to which somebody writes", () => {
  test("has the lines back that a run left beside it which was killed, also when nothing is to be cut", async () => {
    const place = new Place();
    const session = openaiChat({ calls: 1 });
    const late = '{"role":"assistant","content":"The linker takes all the time."}\n';
    const path = place.write("s.jsonl", session);
    place.write("old", session + late);
    renameSync(place.path("old"), oldPath(path, Buffer.byteLength(session)));
    expect(await place.main(["-q", "-i", "s.jsonl"])).toEqual({ stdout: "", stderr: "", code: 0 });
    expect(place.read("s.jsonl")).toBe(session + late);
    expect(place.files()).toEqual(["s.jsonl"]);
  });

  test("open in another process stays as it is, and the result is left ready", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    const outcome = await place.shell("exec 9>>a.jsonl; compact -i --force --report none a.jsonl");
    expect(outcome).toEqual({
      stdout: "",
      stderr: expect.stringMatching(
        /^compact: a\.jsonl: open for writing in process \d+, expected nobody; nothing was replaced\n {2}wait until it is closed; `compact watch --once` puts it in place then\n$/,
      ),
      code: 2,
    });
    expect(place.read("a.jsonl") === SESSION).toBe(true);
    expect(place.files(".compact/ready")).toHaveLength(1);
  });

  test("open for reading only is replaced all the same", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    const { code } = await place.shell("exec 9<a.jsonl; compact -q -i a.jsonl");
    expect({ code, refs: refsIn(place.read("a.jsonl")).length }).toEqual({ code: 0, refs: CUT });
  });
});

describe("many at once", () => {
  test("on one file: one wins, the file is whole, and restores", async () => {
    const place = new Place();
    place.write("a.jsonl", SESSION);
    const ended = await Promise.all(Array.from({ length: 4 }, () => place.run(["-q", "-i", "a.jsonl"])));
    for (const { stdout, code } of ended)
      expect({ stdout, code: code === 0 || code === 2 }).toEqual({ stdout: "", code: true });
    expect(ended.some(({ code }) => code === 0)).toBe(true);
    const restored = await place.main(["restore", "a.jsonl"]);
    expect({ code: restored.code, same: restored.stdout === SESSION }).toEqual({ code: 0, same: true });
    expect(place.files().filter((name) => name.includes("tmp"))).toEqual([]);
  });
});
