// `compact watch` from outside.
import { appendFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { finished, Place } from "./run.ts";
import { CUT, claudeSession, openaiChat, refsIn } from "./transcripts.ts";

const LARGE = claudeSession({ calls: 40 });
const LIMITS = ["--window", "10k", "-p", "mask"];

describe("compact watch --once", () => {
  test("cuts what is due, in place, and ends; the original comes back", async () => {
    const place = new Place();
    place.write("a.jsonl", LARGE);
    place.write("b.jsonl", claudeSession({ calls: 2 }));
    const { stdout, stderr, code } = await place.main(["watch", ".", "--once", ...LIMITS]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 0 });
    expect(stderr).toMatch(/^compact: .+\/a\.jsonl: cut: \d+ tokens, \d+ freed\n$/);
    expect(refsIn(place.read("a.jsonl")).length).toBeGreaterThan(10);
    expect((await place.main(["restore", "a.jsonl"])).stdout === LARGE).toBe(true);
    const again = await place.main(["watch", ".", "--once", ...LIMITS]);
    expect({ stderr: again.stderr, code: again.code }).toEqual({ stderr: "", code: 0 });
  });

  test("stops at the target", async () => {
    const left = async (target: string) => {
      const place = new Place();
      place.write("a.jsonl", LARGE);
      const { stdout } = await place.main([
        "watch",
        "a.jsonl",
        "--once",
        "--json",
        "--target",
        target,
        ...LIMITS,
      ]);
      return JSON.parse(stdout.trim().split("\n").at(-1)!).tokens;
    };
    const [more, less] = [await left("7800"), await left("7400")];
    expect(more).toBeLessThanOrEqual(7800);
    expect(more).toBeGreaterThan(less);
    expect(less).toBeLessThanOrEqual(7400);
  });

  test("writes to -o instead, the session untouched", async () => {
    const place = new Place();
    place.write("d/a.jsonl", LARGE);
    await place.main(["watch", "d", "--once", "-o", "out", ...LIMITS]);
    expect(place.read("d/a.jsonl") === LARGE).toBe(true);
    expect(refsIn(place.read("out/a.jsonl")).length).toBeGreaterThan(10);
  });

  test("puts in place what -i left ready", async () => {
    const place = new Place();
    place.write("a.jsonl", openaiChat());
    await place.shell("exec 9>>a.jsonl; compact -i --force --report none a.jsonl");
    expect(refsIn(place.read("a.jsonl"))).toEqual([]);
    appendFileSync(place.path("a.jsonl"), '{"role":"user","content":"More."}\n');
    expect((await place.main(["watch", "a.jsonl", "--once"])).code).toBe(0);
    expect(refsIn(place.read("a.jsonl")).length).toBe(CUT);
    expect(place.read("a.jsonl").endsWith('"More."}\n')).toBe(true);
  });

  test.each([
    [["watch"], "watch: nothing to watch"],
    [["watch", ".", "--target", "90%"], "--target 180000 is not below the trigger of 160000 tokens"],
    [["watch", ".", "--hold-off", "soon"], "--hold-off: `soon`, expected seconds"],
    [["watch", ".", "--min-savings", "lots"], "min-savings: `lots`, expected tokens"],
  ])("refuses %j", async (args, message) => {
    const { stderr, code } = await new Place().main(args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  });
});

describe("compact watch", () => {
  test("follows a session, runs --on-ready after a cut, and ends well on SIGTERM with its state saved", async () => {
    const place = new Place();
    place.write("a.jsonl", claudeSession({ calls: 2 }));
    const command = 'echo "$COMPACT_FILE $COMPACT_FREED" > told';
    const child = place.start(["watch", "a.jsonl", "--json", "--on-ready", command, ...LIMITS]);
    const ended = finished(child);
    const events = () =>
      new Promise<string>((done) => child.stdout?.once("data", (chunk) => done(String(chunk))));
    expect(await events()).toContain('"watching"');
    appendFileSync(place.path("a.jsonl"), LARGE);
    expect(await events()).toContain('"cut"');
    while (!place.exists("told")) await new Promise((done) => setTimeout(done, 20));
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
    expect(place.read("told")).toMatch(/a\.jsonl \d+\n$/);
    const status = await place.main(["watch", "--status"]);
    expect(status.stdout).toMatch(/a\.jsonl: \d+ tokens, 1 cuts, \d+ freed, not watched now\n$/);
  });

  test("runs a thread that computes the same as the main program", async () => {
    const [watched, piped] = [new Place(), new Place()];
    watched.write("a.jsonl", LARGE);
    await watched.run(["watch", "a.jsonl", "--once", "--target", "1", ...LIMITS]);
    const { stdout } = await piped.main(["-q", "-b", "1", "-p", "mask"], { input: LARGE });
    expect(watched.read("a.jsonl") === stdout).toBe(true);
  });
});
