// `compact evaluate`: what it prints, what it writes, and how it ends.
import { describe, expect, test } from "vitest";
import { type Step, session } from "../evaluate/session.ts";
import { Place } from "./run.ts";

const code = (file: number) =>
  Array.from(
    { length: 60 },
    (_, i) => `  const parcel_${file}_${i} = weigh(route_${file}, "leg ${i}");`,
  ).join("\n");

/** Reads twelve files, then edits lines of two that it read early. */
function reader(): string {
  const reads = Array.from(
    { length: 12 },
    (_, i): Step => ({ call: { command: `cat part-${i}.js` }, result: code(i) }),
  );
  const edits = [2, 3, 4].map((file): Step => {
    const old = code(file).split("\n").slice(10, 13).join("\n");
    return { tool: "edit", call: { path: `part-${file}.js`, old_string: old, new_string: "" }, result: "ok" };
  });
  return session([...reads, ...edits], "Make it faster. You must never touch part-0.js.");
}

async function evaluated(args: readonly string[], place = new Place()) {
  place.write("runs/one.jsonl", reader());
  return { place, ...(await place.main(["evaluate", ...args])) };
}

interface Printed {
  readonly groups: readonly {
    readonly name: string;
    readonly cuts: number;
    readonly points: readonly {
      readonly name: string;
      readonly kind: string;
      readonly methods: readonly { method: string; kept: number; recall: { v?: { mean: number } } }[];
      readonly beside: { constraints: number; artifactTrail: number; rereadTokens: number };
    }[];
  }[];
}

describe("compact evaluate", () => {
  test("prints recall by budget and preset, both families apart, and writes nothing", async () => {
    const { place, stdout, stderr, code } = await evaluated(["runs/**/*.jsonl"]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(stdout).toMatch(/^all: \d cuts of 1 transcript;/);
    for (const name of ["budget of 10%", "budget of 50%", "preset balanced"])
      expect(stdout).toContain(`  ${name}`);
    expect(stdout).toMatch(/^ +kept +V +95 % +T /m);
    expect(place.files()).toEqual(["runs/one.jsonl"]);
  });

  test("gives other methods exactly the tokens that it kept itself", async () => {
    const { stdout } = await evaluated(["runs/one.jsonl", "--baselines", "--json", "--budgets", "30%"]);
    const [group] = (JSON.parse(stdout) as Printed).groups;
    const [ours, ...others] = group!.points.find(({ kind }) => kind === "budget")!.methods;
    expect(ours!.method).toBe("compact");
    expect(others.length).toBeGreaterThan(7);
    for (const { kept } of others) expect(kept).toBeLessThanOrEqual(ours!.kept);
    expect(group!.points.filter(({ kind }) => kind === "published").map(({ name }) => name)).toContain(
      "clear keep=3",
    );
  });

  test("finds the files that are read still named and the rules of users still there", async () => {
    const { stdout } = await evaluated(["runs/one.jsonl", "--json", "--budgets", "10%"]);
    for (const { beside } of (JSON.parse(stdout) as Printed).groups[0]!.points) {
      expect(beside).toMatchObject({ constraints: 1, artifactTrail: 1 });
    }
  });

  test("ends with 1 and says what is too low, when recall is below the threshold", async () => {
    const low = await evaluated(["runs/one.jsonl", "--budgets", "1%", "--min-recall-v", "1"]);
    expect(low.code).toBe(1);
    expect(low.stderr).toMatch(/^compact: recall V of 1% is 0\.\d+, expected 1 or more$/m);
    const high = await evaluated(["runs/one.jsonl", "--presets", "light", "--min-recall-v", "0.9"]);
    expect({ code: high.code, stderr: high.stderr }).toEqual({ code: 0, stderr: "" });
  });

  test("draws the curve as a picture or a page, and leaves a file that is there", async () => {
    const { place, code } = await evaluated(["runs/one.jsonl", "--baselines", "--curve", "c.svg"]);
    expect(code).toBe(0);
    expect(place.read("c.svg")).toMatch(/^<svg [\s\S]*>compact<\/text>[\s\S]*<\/svg>\n$/);
    const again = await evaluated(["runs/one.jsonl", "--curve", "c.svg"], place);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("c.svg");
    const page = await evaluated(["runs/one.jsonl", "--curve", "c.html"], place);
    expect(page.code).toBe(0);
    expect(place.read("c.html")).toContain("<!doctype html>");
  });

  test("says when a file is no transcript, and when there is nothing to measure", async () => {
    const place = new Place();
    place.write("a.jsonl", "plain words\n");
    const { stderr, code } = await place.main(["evaluate", "a.jsonl", "--min-recall-v", "0.5"]);
    expect(code).toBe(1);
    expect(stderr).toContain("a.jsonl: no known transcript format");
    expect(stderr).toContain("nothing was measured");
  });

  test.each([
    [["--min-recall-v", "80"], "--min-recall-v: `80`, expected a number from 0 to 1"],
    [["--budgets", "much"], "budget: `much`, expected tokens such as 40k or a percentage"],
    [["--presets", "balancd"], "balancd"],
    [["--curve", "c.png"], "--curve: c.png, expected a name in .svg or .html"],
    [["none/*.jsonl"], "none/*.jsonl: no such file or directory"],
  ])("refuses %j", async (args, message) => {
    const { stderr, stdout, code } = await evaluated(["runs/one.jsonl", ...args]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain(message);
  });
});
