// The store on disk: what is in it, who may read it, and when it grows.
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { CUT, claudeSession, codexRollout, observation, openaiChat, refOf, refsIn } from "./transcripts.ts";

const SESSION = claudeSession();

async function report(place: Place, args: readonly string[], input = SESSION) {
  const { stderr, code } = await place.main(["--report", "json", ...args], { input });
  expect(code).toBe(0);
  return JSON.parse(stderr).files[0];
}

describe("the store", () => {
  test("is readable by its owner only, and invisible to git", async () => {
    const place = new Place();
    await place.main(["-q"], { input: SESSION });
    expect(place.read(".compact/.gitignore")).toBe("*\n");
    const folders = [".compact", ".compact/artifacts", ".compact/undo", ".compact/runs"];
    expect(folders.map((name) => place.mode(name))).toEqual(["700", "700", "700", "700"]);
    for (const name of place.files(".compact"))
      expect([name, place.mode(`.compact/${name}`)]).toEqual([name, "600"]);
    for (const name of place.files(".compact/artifacts")) {
      expect(place.mode(`.compact/artifacts/${name.slice(0, 2)}`)).toBe("700");
    }
  });

  test("holds each observation as a plain file under its SHA-256, a run, and an undo record", async () => {
    const place = new Place();
    await place.main(["-q"], { input: SESSION });
    const refs = Array.from({ length: CUT }, (_, i) => i + 1).map((call) =>
      refOf(observation("a", call, 40)),
    );
    const artifacts = place.files(".compact/artifacts");
    expect(artifacts.map((name) => name.slice(3, 11))).toEqual([...refs].sort());
    for (const name of artifacts) {
      expect(name).toMatch(/^([0-9a-f]{2})\/\1[0-9a-f]{62}\.txt$/);
      expect(refOf(place.read(`.compact/artifacts/${name}`))).toBe(name.slice(3, 11));
    }
    const [run = ""] = place.files(".compact/runs");
    expect(place.files(".compact/undo")).toEqual([run.replace(".jsonl", ".br")]);
    const [header, ...entries] = place
      .read(`.compact/runs/${run}`)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(header).toMatchObject({
      version: 1,
      format: "claude-code",
      output: { sha256: run.replace(".jsonl", "") },
    });
    expect(entries[0]).toMatchObject({ tool: "Bash", target: "make part-1", outcome: "ok", entry: 2 });
  });

  test("names no path of the machine, and nothing about when", async () => {
    const [here, there] = [new Place(), new Place()];
    for (const place of [here, there]) {
      place.write("s.jsonl", SESSION);
      await place.main(["-q", "s.jsonl"]);
    }
    expect(here.files(".compact")).toEqual(there.files(".compact"));
    for (const name of here.files(".compact")) {
      expect(here.bytes(`.compact/${name}`).equals(there.bytes(`.compact/${name}`))).toBe(true);
    }
  });

  test("keeps equal artifacts once", async () => {
    const place = new Place();
    await place.main(["-q"], { input: openaiChat({ name: "same" }) });
    const first = place.files(".compact/artifacts");
    await place.main(["-q"], { input: codexRollout({ name: "same" }) });
    expect(place.files(".compact/artifacts")).toEqual(first);
    expect(place.files(".compact/undo")).toHaveLength(2);
  });

  test("does not grow when the same compaction runs again, and the report says how much it grew", async () => {
    const place = new Place();
    const first = await report(place, []);
    const stored = place.files(".compact").filter((name) => name !== ".gitignore");
    const bytes = stored.reduce((sum, name) => sum + place.bytes(`.compact/${name}`).length, 0);
    expect(first.disk.storeAdded).toBe(bytes);
    expect((await report(place, [])).disk.storeAdded).toBe(0);
  });

  test("is the nearest one upwards, else a new one in the working directory", async () => {
    const place = new Place();
    place.makeDirectory("project/deep/down");
    await place.shell("cd project/deep && compact -q > /dev/null", { input: SESSION });
    expect(place.files("project/deep/.compact").length).toBeGreaterThan(0);
    await place.shell("cd project/deep/down && compact -q > /dev/null", { input: codexRollout() });
    expect(place.exists("project/deep/down/.compact")).toBe(false);
    expect(place.files("project/deep/.compact/undo")).toHaveLength(2);
  });

  test("is where -a says, and a folder that holds other things is not hidden from git", async () => {
    const place = new Place();
    place.write("project/README", "hello\n");
    await place.main(["-q", "-a", "project"], { input: SESSION });
    await place.main(["-q", "-a", "new/store"], { input: SESSION });
    expect(place.exists("project/.gitignore")).toBe(false);
    expect(place.read("new/store/.gitignore")).toBe("*\n");
    expect(place.files("project/undo")).toEqual(place.files("new/store/undo"));
  });

  test("takes many writers at once, of the same and of different transcripts", async () => {
    const place = new Place();
    const sessions = ["a", "b", "a", "c", "a", "b"].map((name) => claudeSession({ name }));
    const ended = await Promise.all(sessions.map((input) => place.run(["-q"], { input })));
    expect(ended.map(({ stderr, code }) => ({ stderr, code }))).toEqual(
      sessions.map(() => ({ stderr: "", code: 0 })),
    );
    expect(place.files(".compact/undo")).toHaveLength(3);
    expect(place.files(".compact/artifacts")).toHaveLength(3 * CUT);
    expect(place.files(".compact").filter((name) => name.includes("tmp"))).toEqual([]);
    for (const [i, { stdout }] of ended.entries()) {
      const restored = await place.main(["restore"], { input: stdout });
      expect({ code: restored.code, same: restored.stdout === sessions[i] }).toEqual({ code: 0, same: true });
    }
  });

  test("works with few file descriptors, however many artifacts there are", async () => {
    const place = new Place();
    place.write("s.jsonl", claudeSession({ calls: 200 }));
    const { stdout, stderr, code } = await place.shell("ulimit -n 64; compact -q -p mask s.jsonl");
    expect({ stderr, code, refs: refsIn(stdout).length }).toEqual({ stderr: "", code: 0, refs: 190 });
  });

  test("does not give one original for another when their outputs are equal", async () => {
    const place = new Place();
    const other = SESSION.replaceAll(/("stdout":"a\/part-1\.c:1: )compiled/g, "$1COMPILED");
    expect(other).not.toBe(SESSION);
    const first = await place.main(["-q"], { input: SESSION });
    const second = await place.main(["--report", "none"], { input: other });
    expect({ stdout: second.stdout, code: second.code }).toEqual({ stdout: "", code: 2 });
    expect(second.stderr).toContain("restores this output to another original");
    const restored = await place.main(["restore"], { input: first.stdout });
    expect({ code: restored.code, same: restored.stdout === SESSION }).toEqual({ code: 0, same: true });
  });

  test("takes an output that was reached by two ways from one original", async () => {
    const place = new Place();
    const direct = await place.main(["-q"], { input: SESSION });
    const half = await place.main(["-q", "-s", "drop-sidecars"], { input: SESSION });
    const rest = await place.main(["--report", "none"], { input: half.stdout });
    expect({ stderr: rest.stderr, code: rest.code, same: rest.stdout === direct.stdout }).toEqual({
      stderr: "",
      code: 0,
      same: true,
    });
    const restored = await place.main(["restore"], { input: rest.stdout });
    expect({ code: restored.code, same: restored.stdout === SESSION }).toEqual({ code: 0, same: true });
  });
});
