// `compact diff A B`.
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { claudeSession, openaiChat } from "./transcripts.ts";

async function pair(session: string, ...flags: string[]): Promise<Place> {
  const place = new Place();
  place.write("a.jsonl", session);
  await place.main(["-q", "a.jsonl", "-o", "b.jsonl", ...flags]);
  return place;
}

describe("compact diff", () => {
  test("shows what went and the marker that stands for it", async () => {
    const place = await pair(openaiChat({ lines: 12, calls: 11 }), "-p", "mask");
    const { stdout, stderr, code } = await place.main(["diff", "a.jsonl", "b.jsonl"]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    const lines = stdout.split("\n");
    expect(lines.slice(0, 4)).toEqual([
      "--- a.jsonl",
      "+++ b.jsonl",
      "@@ -1,12 +1 @@ line 3, shell make part-1",
      '-o/part-1.c:1: compiled "unit 0"',
    ]);
    expect(lines[15]).toMatch(/^\+\[compact get [0-9a-f]{8}: ran, 12 lines, \d+ tokens\]$/);
    expect(lines).toHaveLength(17);
  });

  test("shows lines that stay around those that go, numbered as compact get takes them", async () => {
    const place = await pair(openaiChat({ lines: 60 }), "-s", "extract-payloads:minTokens=500,lines=10");
    const { stdout } = await place.main(["diff", "a.jsonl", "b.jsonl"]);
    const heads = stdout.split("\n").filter((line) => line.startsWith("@@"));
    expect(heads.slice(0, 2)).toEqual([
      "@@ -1,3 +1,4 @@ line 3, shell make part-1",
      "@@ -8,46 +9,7 @@ line 3, shell make part-1",
    ]);
    expect(stdout).toContain('\n o/part-1.c:10: compiled "unit 9"\n-o/part-1.c:11: compiled "unit 10"\n');
    expect(stdout).toContain("\n+[...11-50]\n o/part-1.c:51:");
  });

  test("adds up: each hunk has as many lines as it says", async () => {
    const place = await pair(openaiChat({ lines: 60 }), "-s", "extract-payloads:minTokens=500,lines=10");
    const { stdout } = await place.main(["diff", "a.jsonl", "b.jsonl"]);
    for (const hunk of stdout.split(/^@@ /m).slice(1)) {
      const [, before = "1", after = "1"] = /^-\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(hunk) ?? [];
      const body = hunk.trimEnd().split("\n").slice(1);
      expect(body.filter((line) => !line.startsWith("+"))).toHaveLength(Number(before));
      expect(body.filter((line) => !line.startsWith("-"))).toHaveLength(Number(after));
    }
  });

  test("tells of copies by their size", async () => {
    const { stdout } = await (await pair(claudeSession())).main(["diff", "a.jsonl", "b.jsonl"]);
    expect(stdout).toMatch(/^@@ line 3 copies that the model never sees\n-\d+ bytes$/m);
  });

  test("says nothing of a file and itself", async () => {
    const place = await pair(claudeSession());
    expect(await place.main(["diff", "a.jsonl", "a.jsonl"])).toEqual({ stdout: "", stderr: "", code: 0 });
  });

  test("has colour only where it is wanted", async () => {
    const place = await pair(openaiChat());
    expect((await place.main(["diff", "a.jsonl", "b.jsonl"])).stdout).not.toContain("\u001b");
    const colour = await place.main(["diff", "--color", "always", "a.jsonl", "b.jsonl"]);
    expect(colour.stdout).toContain("\u001b[31m-o/part-1.c:1");
    expect(colour.stdout).toContain("\u001b[32m+[compact get");
  });

  test("lets nothing from a transcript move the cursor", async () => {
    const place = await pair(openaiChat().replaceAll("compiled", "\\u001b[2J\\u0007"));
    expect((await place.main(["diff", "a.jsonl", "b.jsonl"])).stdout).not.toMatch(
      /[\u0000-\u0009\u001b\u0007]/,
    );
  });

  test("refuses what is no pair", async () => {
    const place = await pair(openaiChat());
    place.write("c.jsonl", openaiChat({ calls: 3 }));
    const { stdout, stderr, code } = await place.main(["diff", "a.jsonl", "c.jsonl"]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain("do not match, expected a transcript and its compacted self");
    expect((await place.main(["diff", "a.jsonl"])).stderr).toContain("expected two: compact diff A B");
    expect((await place.main(["diff", "a.jsonl", "no.jsonl"])).stderr).toBe(
      "compact: no.jsonl: no such file or directory\n",
    );
  });

  test("goes on behind the end of the original: what was appended is no difference", async () => {
    const place = await pair(openaiChat());
    const before = (await place.main(["diff", "a.jsonl", "b.jsonl"])).stdout;
    place.write("b.jsonl", `${place.read("b.jsonl")}{"role":"user","content":"More."}\n`);
    expect((await place.main(["diff", "a.jsonl", "b.jsonl"])).stdout).toBe(before);
  });
});
