// `compact gc`: what of a store nobody needs, shown first, removed when asked, and never a piece that somebody could miss.
import { utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { claudeAppendix, claudeSession } from "./transcripts.ts";

const STRANGER = `${"ab".repeat(32)}`;

/** Nothing was written within the last hour. */
function age(place: Place): void {
  for (const name of place.files(".compact")) utimesSync(place.path(join(".compact", name)), 1e9, 1e9);
}

/** Two compacted sessions in one store, long ago. */
async function twoSessions(): Promise<Place> {
  const place = new Place();
  for (const name of ["a", "b"]) {
    place.write(`${name}.jsonl`, claudeSession({ name }));
    await place.main(["-q", `${name}.jsonl`, "-o", `small/${name}.jsonl`]);
  }
  age(place);
  return place;
}

function restores(place: Place, name: string) {
  return place.main(["restore", `small/${name}.jsonl`]);
}

describe("gc", () => {
  test("finds nothing in a store in which every artifact is named by a run", async () => {
    const place = await twoSessions();
    const before = place.files(".compact");
    expect(await place.main(["gc", "--force"])).toEqual({
      stdout: `${place.path(".compact")}: nothing that nobody needs\n`,
      stderr: "",
      code: 0,
    });
    expect(place.files(".compact")).toEqual(before);
  });

  test("shows what nobody needs, and removes nothing unless told to", async () => {
    const place = await twoSessions();
    place.write(`.compact/artifacts/ab/${STRANGER}.txt`, "12345");
    place.write(".compact/undo/.compact-tmp-0123456789abcdef", "torn");
    age(place);
    const before = place.files(".compact");
    expect(await place.main(["gc"])).toEqual({
      stdout: [
        `${place.path(".compact")}: nobody needs`,
        "  artifacts                  1            5 bytes",
        "  temporary files            1            4 bytes",
        "nothing was removed; --force removes them",
        "",
      ].join("\n"),
      stderr: "",
      code: 0,
    });
    expect(place.files(".compact")).toEqual(before);
  });

  test("removes artifacts that no run names, and what a crash left half written", async () => {
    const place = await twoSessions();
    const before = place.files(".compact");
    place.write(`.compact/artifacts/ab/${STRANGER}.txt`, "12345");
    place.write(".compact/undo/.compact-tmp-0123456789abcdef", "torn");
    age(place);
    const { stdout, code } = await place.main(["gc", "--force"]);
    expect({ end: stdout.split("\n").at(-2), code }).toEqual({ end: "removed", code: 0 });
    expect(place.files(".compact")).toEqual(before);
  });

  test("leaves alone what is younger than an hour: a run may be writing it", async () => {
    const place = await twoSessions();
    place.write(`.compact/artifacts/ab/${STRANGER}.txt`, "12345", { secondsOld: 3000 });
    const { stdout } = await place.main(["gc", "--force"]);
    expect(stdout).toContain("nothing that nobody needs");
    expect(place.exists(`.compact/artifacts/ab/${STRANGER}.txt`)).toBe(true);
  });

  test("keeps with --keep what the named transcripts need, and removes the rest", async () => {
    const place = await twoSessions();
    const original = place.read("a.jsonl");
    expect((await place.main(["gc", "--keep", "small/a*", "--force"])).code).toBe(0);
    expect(await restores(place, "a")).toEqual({ stdout: original, stderr: "", code: 0 });
    expect((await restores(place, "b")).code).toBe(2);
    const [ref = ""] = place.read("small/a.jsonl").match(/(?<=compact get )[0-9a-f]{8}/) ?? [];
    expect((await place.main(["get", ref])).code).toBe(0);
  });

  test("takes the files of a glob that the shell expanded", async () => {
    const place = await twoSessions();
    const { stdout } = await place.shell("compact gc --keep small/* --force");
    expect(stdout).toContain("nothing that nobody needs");
  });

  test("keeps the whole way back of a transcript that grew and was compacted again", async () => {
    const place = await twoSessions();
    place.write("grown.jsonl", `${place.read("small/a.jsonl")}${claudeAppendix(claudeSession())}`);
    await place.main(["-q", "-p", "aggressive", "grown.jsonl", "-o", "small/a.jsonl", "--force"]);
    age(place);
    await place.main(["gc", "--keep", "small/a.jsonl", "--force"]);
    expect(await restores(place, "a")).toEqual({
      stdout: `${place.read("a.jsonl")}${claudeAppendix(claudeSession())}`,
      stderr: "",
      code: 0,
    });
  });

  test("keeps what the markers of a forked transcript name, though no record fits it any more", async () => {
    const place = await twoSessions();
    const forked = place.read("small/a.jsonl").split("\n").slice(1).join("\n");
    place.write("forked.jsonl", forked);
    await place.main(["gc", "--keep", "forked.jsonl", "--force"]);
    expect((await place.main(["restore", "forked.jsonl"])).code).toBe(1);
    expect((await restores(place, "b")).code).toBe(2);
  });

  test("touches nothing when a glob names no transcript, or a run cannot be read", async () => {
    const place = await twoSessions();
    const before = place.files(".compact");
    expect(await place.main(["gc", "--keep", "elsewhere/*", "--force"])).toMatchObject({
      stderr: expect.stringContaining("elsewhere/*: no such file or directory"),
      code: 2,
    });
    const [run = ""] = place.files(".compact/runs");
    place.write(`.compact/runs/${run}`, "torn");
    age(place);
    expect(await place.main(["gc", "--force"])).toMatchObject({
      stderr: expect.stringContaining("not a readable run, so what it needs is unknown"),
      code: 2,
    });
    expect(place.files(".compact")).toEqual(before);
  });

  test("asks what files are for that were named without --keep", async () => {
    const place = await twoSessions();
    expect(await place.main(["gc", "small/a.jsonl", "--force"])).toEqual({
      stdout: "",
      stderr:
        "compact: gc: files without --keep: small/a.jsonl\n  for example: compact gc --keep 'runs/**/*.jsonl'\n",
      code: 2,
    });
  });

  test("leaves what it does not know, and a store that is not there", async () => {
    const place = await twoSessions();
    place.write(".compact/artifacts/notes.txt", "mine");
    place.write(".compact/memory/index/x", "derived");
    age(place);
    await place.main(["gc", "--keep", "small/a.jsonl", "--force"]);
    expect(place.read(".compact/artifacts/notes.txt")).toBe("mine");
    expect(place.exists(".compact/memory/index/x")).toBe(true);
    expect((await new Place().main(["gc"])).code).toBe(0);
  });
});
