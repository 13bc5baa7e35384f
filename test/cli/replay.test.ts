// `compact evaluate --replay`: what it prints, what it writes, and how it ends.
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { claudeSession, openaiChat } from "./transcripts.ts";

async function replayed(args: readonly string[], place = new Place()) {
  place.write("runs/a.jsonl", claudeSession({ calls: 60 }));
  place.write("runs/b.jsonl", openaiChat({ calls: 6 }));
  const outcome = await place.main(["evaluate", "--replay", "--window", "20k", ...args]);
  return { place, ...outcome };
}

describe("compact evaluate --replay", () => {
  test("prints what each session costs under each policy, and all together, and writes nothing", async () => {
    const { place, stdout, stderr, code } = await replayed(["runs/*.jsonl"]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(stdout).toMatch(/^window of 20,000 tokens, prices of anthropic, horizon of 20 turns/);
    expect(stdout).toMatch(/^all 2 sessions$/m);
    for (const policy of ["none", "mask every turn", "clear keep=3 at 100k", "compact watch"])
      expect(stdout.match(new RegExp(`^  ${policy} `, "gm"))).toHaveLength(3);
    expect(place.files()).toEqual(["runs/a.jsonl", "runs/b.jsonl"]);
  });

  test("says the same in JSON, with the context of each request", async () => {
    const { stdout } = await replayed(["runs/a.jsonl", "--json"]);
    const { sessions, total } = JSON.parse(stdout);
    expect(sessions).toMatchObject([
      { path: "runs/a.jsonl", format: "claude-code", requests: 60, undone: 0 },
    ]);
    const [none] = sessions[0].policies;
    expect(none).toMatchObject({ policy: "none", cuts: [], wasted: 0, fits: false, overNone: 0 });
    expect(none.context).toHaveLength(60);
    expect(none.cost).toBeCloseTo(none.cacheRead * 0.1 + none.cacheWrite * 1.25 + none.uncached, 5);
    expect(total[0].cost).toBe(none.cost);
  });

  test("takes the limits of watch, and shows --cache-aware for each preset that is named", async () => {
    const { stdout } = await replayed([
      "runs/a.jsonl",
      "--trigger",
      "50%",
      "--target",
      "20%",
      "--presets",
      "balanced,mask",
      "--json",
    ]);
    const policies = JSON.parse(stdout).sessions[0].policies as { policy: string; peak: number }[];
    expect(policies.slice(-3).map(({ policy }) => policy.trim())).toEqual([
      "compact watch",
      "--cache-aware, balanced",
      "--cache-aware, mask",
    ]);
    expect(policies.find(({ policy }) => policy === "compact watch")!.peak).toBeLessThan(11_000);
  });

  test("leaves small sessions out, and prints dollars where a price is known", async () => {
    const place = new Place();
    place.write("prices.json", '{ "dollarsPerMillion": 3 }');
    const { stdout } = await replayed(
      ["runs/*.jsonl", "--min-tokens", "5k", "--prices", "prices.json"],
      place,
    );
    expect(stdout).not.toContain("b.jsonl");
    expect(stdout).toMatch(/ cost +\$ +of none/);
    const none = /^ {2}none .* ([\d,]+) +(\d+\.\d\d) +same/m.exec(stdout)!;
    expect(Number(none[2])).toBeCloseTo((Number(none[1]!.replaceAll(",", "")) * 3) / 1_000_000, 2);
  });

  test("draws the context over the requests, as a picture or a page, and leaves a file that is there", async () => {
    const { place } = await replayed(["runs/a.jsonl", "--curve", "c.svg"]);
    expect(place.read("c.svg")).toMatch(/^<svg [\s\S]*mask every turn<\/text>[\s\S]*<\/svg>\n$/);
    const again = await replayed(["runs/a.jsonl", "--curve", "c.svg"], place);
    expect(again.code).toBe(2);
    await replayed(["runs/a.jsonl", "--curve", "c.html"], place);
    expect(place.read("c.html")).toContain("<!doctype html>");
  });

  test("says when a file is no transcript, and when there is nothing to replay", async () => {
    const place = new Place();
    place.write("a.jsonl", "plain words\n");
    const { stdout, stderr, code } = await place.main(["evaluate", "--replay", "a.jsonl"]);
    expect({ stdout, code }).toEqual({ stdout: "nothing to replay\n", code: 0 });
    expect(stderr).toContain("a.jsonl: no known transcript format");
  });

  test.each([
    [["--min-tokens", "10%"], "--min-tokens: `10%`, expected tokens such as 150k"],
    [["--presets", "balancd"], "balancd"],
    [["--target", "90%"], "--target 18000 is not below the trigger of 16000 tokens"],
    [["--curve", "c.png"], "--curve: c.png, expected a name in .svg or .html"],
  ])("refuses %j", async (args, message) => {
    const { stderr, stdout, code } = await replayed(["runs/a.jsonl", ...args]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain(message);
  });
});
