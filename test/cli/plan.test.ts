// `compact plan`, and `--cache-aware`: when a cut is worth what it costs a prompt cache.
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { claudeSession, openaiChat, refsIn } from "./transcripts.ts";

/** A Claude Code session whose lines were written at these moments, in seconds before now; the last one holds for the rest. */
function timed(session: string, secondsAgo: readonly number[]): string {
  const lines = session.trimEnd().split("\n");
  return lines
    .map((line, i) => {
      const ago = secondsAgo[Math.min(i, secondsAgo.length - 1)]!;
      const timestamp = new Date(Date.now() - ago * 1000).toISOString();
      return `${JSON.stringify({ ...JSON.parse(line), timestamp })}\n`;
    })
    .join("");
}

async function planOf(session: string, ...args: string[]) {
  const place = new Place();
  place.write("s.jsonl", session);
  const { stdout, stderr, code } = await place.main(["plan", "s.jsonl", "--json", ...args]);
  expect({ stderr, code, files: place.files() }).toEqual({ stderr: "", code: 0, files: ["s.jsonl"] });
  return JSON.parse(stdout);
}

const MASK_2 = ["-s", "mask-observations:keep=2"];
const MASK_12 = ["-s", "mask-observations:keep=12"];

describe("compact plan advises to compact", () => {
  test("now, when the cache is cold", async () => {
    const plan = await planOf(timed(claudeSession(), [4000]), ...MASK_12);
    expect(plan).toMatchObject({ cache: "cold", turnsUntilPaid: 0, advice: "now" });
    expect(plan.idleSeconds).toBeGreaterThanOrEqual(4000);
  });

  test("now, when it pays within the horizon", async () => {
    const plan = await planOf(timed(claudeSession({ calls: 30 }), [10]), ...MASK_2, "--horizon", "20");
    expect(plan).toMatchObject({
      cache: "warm",
      advice: "now",
      reason: "it pays within 20 turns",
      horizon: 20,
    });
    expect(plan.turnsUntilPaid).toBeGreaterThan(0);
  });

  test("at hand-off, when it does not, and the session never pauses", async () => {
    const plan = await planOf(timed(claudeSession(), [10]), ...MASK_12);
    expect(plan).toMatchObject({ cache: "warm", advice: "hand-off" });
    expect(plan.turnsUntilPaid).toBeGreaterThan(20);
  });

  test("at the next idle, when the session has paused until its cache was cold before", async () => {
    const plan = await planOf(timed(claudeSession(), [9000, 10]), ...MASK_12);
    expect(plan).toMatchObject({ cache: "warm", advice: "next-idle" });
  });

  test("never, when there is nothing to free", async () => {
    const plan = await planOf(timed(claudeSession({ calls: 2 }), [10]));
    expect(plan).toMatchObject({ freed: 0, turnsUntilPaid: null, advice: "never" });
  });

  test("now, whatever it costs, when the window is nearly full", async () => {
    const plan = await planOf(timed(claudeSession(), [10]), ...MASK_12, "--window", "5k");
    expect(plan).toMatchObject({ advice: "now", reason: "the window is nearly full" });
  });

  test("as with a warm cache, when no line says when it was written or a clock is wrong", async () => {
    for (const session of [openaiChat(), timed(claudeSession(), [-9000])]) {
      const plan = await planOf(session, ...MASK_12);
      expect(plan).toMatchObject({ cache: "unknown", advice: "hand-off" });
      expect(plan.idleSeconds).toBeUndefined();
    }
  });
});

describe("compact plan", () => {
  test("adds up: what is before the first edit, behind it, freed and left", async () => {
    const plan = await planOf(claudeSession(), ...MASK_2);
    expect(plan.firstEditedToken + plan.tokensBehindFirstEdit).toBe(plan.tokensBefore);
    expect(plan.tokensAfter + plan.freed).toBe(plan.tokensBefore);
    expect(plan.tokensToWrite).toBe(plan.tokensBehindFirstEdit - plan.freed);
  });

  test("says it in words", async () => {
    const place = new Place();
    place.write("s.jsonl", openaiChat());
    const { stdout, code } = await place.main(["plan", "s.jsonl", ...MASK_12]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^s\.jsonl: compact at hand-off: .+\n {2}frees .+\n {2}first edit .+\n {2}paid for .+\n {2}prompt cache .+unknown \(prices of anthropic\)\n$/,
    );
  });

  test("reckons with the prices of another provider, or with own ones", async () => {
    const place = new Place();
    place.write("s.jsonl", timed(claudeSession(), [10]));
    place.write("own.json", '{"write":0.1,"read":0.1,"minimumTokens":0}');
    const turns = async (...args: string[]) =>
      JSON.parse((await place.main(["plan", "s.jsonl", "--json", ...MASK_12, ...args])).stdout)
        .turnsUntilPaid;
    expect(await turns("--prices", "openai")).toBeLessThan(await turns("--prices", "anthropic"));
    expect(await turns("--prices", "own.json")).toBe(0);
  });

  test.each([
    [["--prices", "antropic"], "compact: --prices antropic: no such file or directory, expected anthropic,"],
    [["--horizon", "soon"], "compact: horizon: `soon`, expected a number of turns"],
  ])("refuses %j", async (args, message) => {
    const place = new Place();
    place.write("s.jsonl", claudeSession());
    const { stderr, code } = await place.main(["plan", "s.jsonl", ...args]);
    expect({ starts: stderr.startsWith(message), stderr, code }).toMatchObject({ starts: true, code: 2 });
  });

  test("refuses prices that mean nothing", async () => {
    const place = new Place();
    place.write("s.jsonl", claudeSession());
    for (const [content, message] of [
      ['{"wrote":1}', "unknown key `wrote`"],
      ['{"write":"a lot"}', "wrong value for `write`"],
    ]) {
      place.write("own.json", content!);
      const { stderr, code } = await place.main(["plan", "s.jsonl", "--prices", "own.json"]);
      expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message!) });
    }
  });

  test("of what is no transcript ends with 1", async () => {
    const place = new Place();
    place.write("s.txt", "hello\n");
    const { stdout, code } = await place.main(["plan", "s.txt"]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
  });
});

describe("--cache-aware", () => {
  const cut = async (horizon: string, input: string) => {
    const place = new Place();
    const args = ["-q", "--cache-aware", "--horizon", horizon, "-s", "mask-observations:keep=4"];
    const { stdout, code } = await place.main(args, { input });
    expect(code).toBe(0);
    return stdout;
  };

  test("cuts nothing that does not pay within the horizon", async () => {
    const session = openaiChat({ calls: 40 });
    expect(await cut("0", session)).toBe(session);
  });

  test("leaves early cuts out when only the late ones pay", async () => {
    const session = openaiChat({ calls: 6, lines: 3 }).trimEnd().split("\n");
    const filler = Array.from(
      { length: 200 },
      () => `${JSON.stringify({ role: "user", content: "And then? ".repeat(40) })}`,
    );
    const later = openaiChat({ calls: 40, name: "late" }).trimEnd();
    const input = `${[...session, ...filler, later].join("\n")}\n`;
    const [few, many] = [await cut("5", input), await cut("100000", input)];
    expect(refsIn(few).length).toBe(36);
    expect(refsIn(many).length).toBe(42);
    expect(few.split("\n").slice(0, 13).join("\n")).toBe(input.split("\n").slice(0, 13).join("\n"));
  });

  test("changes nothing in a second run", async () => {
    const session = openaiChat({ calls: 40 });
    for (const horizon of ["3", "10", "40"]) {
      const once = await cut(horizon, session);
      expect(await cut(horizon, once)).toBe(once);
    }
  });

  test("says in the report that a cut does not pay", async () => {
    const place = new Place();
    const { stderr } = await place.main(
      ["-n", "--explain", "--report", "none", "--cache-aware", "--horizon", "0"],
      { input: openaiChat() },
    );
    expect(stderr).toContain("does not pay for the prompt cache within 0 turns");
  });
});
