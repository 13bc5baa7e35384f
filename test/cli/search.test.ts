// `compact search QUERY`: passages of the store.
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { claudeSession, observation, refOf } from "./transcripts.ts";

async function compacted(): Promise<Place> {
  const place = new Place();
  place.write("a.jsonl", claudeSession());
  await place.main(["-q", "-i", "a.jsonl"]);
  return place;
}

describe("search", () => {
  test("prints passages below the command that prints the rest", async () => {
    const place = await compacted();
    const { stdout, stderr, code } = await place.main(["search", "part-1", "--limit", "1"]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    const [, command = "", ref = ""] = /^compact (get) (\S+)/.exec(stdout)!;
    const { stdout: lines } = await place.main([command, ref]);
    const shown = stdout
      .split("\n")
      .slice(1, -1)
      .map((line) => line.slice(8));
    expect(shown.join("\n")).toBe(lines.trimEnd());
  });

  test("leads to the exact bytes of what was removed", async () => {
    const place = await compacted();
    const wanted = observation("a", 1, 40);
    const { stdout } = await place.main(["search", "--json", `"${wanted.split("\n")[4]}"`]);
    const { hits } = JSON.parse(stdout);
    const [ref] = hits[0].ref.split(":");
    expect(ref).toBe(refOf(wanted));
    expect((await place.main(["get", ref])).stdout).toBe(wanted);
  });

  test("finds what facts were made of the transcripts beside the store", async () => {
    const place = await compacted();
    await place.main(["facts", "a.jsonl"]);
    const { stdout } = await place.main(["search", "build", "--kind", "constraint"]);
    expect(stdout).toBe("constraint a.jsonl:1\n  Find out why the build is slow.\n");
  });

  test("ends with 1 when it finds nothing", async () => {
    expect(await (await compacted()).main(["search", "zebra"])).toEqual({ stdout: "", stderr: "", code: 1 });
  });

  test("says the same in several processes that index and compact at once", async () => {
    const place = await compacted();
    const alone = await place.run(["search", "part-1"]);
    rmSync(place.path(".compact/memory"), { recursive: true });
    place.write("b.jsonl", claudeSession({ name: "b" }));
    const searches = Array.from({ length: 3 }, () =>
      place.run(["search", "part-1", "--path", "make part-1"]),
    );
    const [compaction, ...found] = await Promise.all([place.run(["-q", "-i", "b.jsonl"]), ...searches]);
    expect(compaction!.code).toBe(0);
    for (const { code, stderr } of found) expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const both = (await place.run(["search", "part-1", "--json", "--limit", "50"])).stdout;
    const refs = JSON.parse(both).hits.map(({ ref }: { ref: string }) => ref.slice(0, 8));
    expect(new Set(refs).size).toBe(refs.length);
    expect(refs).toContain(refOf(observation("b", 1, 40)));
    expect(alone.code).toBe(0);
  });

  test("makes a damaged index anew", async () => {
    const place = await compacted();
    const before = await place.main(["search", "part-1"]);
    const folder = place.path(".compact/memory/index");
    for (const name of readdirSync(folder)) writeFileSync(`${folder}/${name}`, "damaged");
    expect(await place.main(["search", "part-1"])).toEqual(before);
  });

  test.each([
    [["search"], "search: no query"],
    [["search", "/(/"], "Invalid regular expression"],
    [["search", "--limit", "0", "a"], "--limit 0: expected a number"],
    [["search", "-a", "elsewhere", "a"], "no store"],
  ])("refuses %j", async (args, message) => {
    const { stdout, stderr, code } = await (await compacted()).main(args);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain(message);
  });
});
