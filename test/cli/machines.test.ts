// More than one machine: shares of the files, reports put together, transcripts as lines of a stream.
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Place } from "./run.ts";
import { claudeSession, codexRollout, openaiChat, refsIn } from "./transcripts.ts";

function placeWithRuns(): Place {
  const place = new Place();
  for (let i = 0; i < 11; i++) {
    const make = [claudeSession, codexRollout, openaiChat][i % 3]!;
    place.write(`runs/${i % 2}/${i}.jsonl`, make({ name: `s${i}`, calls: 12 + i }));
  }
  place.write("runs/0/x.jsonl", "unknown\n");
  return place;
}

const GLOB = "runs/**/*.jsonl";

describe("merged parts", () => {
  test.each(["json", "ndjson"])("equal one run over all files, byte for byte: %s", async (format) => {
    const place = placeWithRuns();
    const whole = await place.main(["report", GLOB, "--report", "json"]);
    for (const share of ["1/3", "2/3", "3/3"]) {
      const file = `part-${share[0]}.${format}`;
      await place.main(["report", GLOB, "--shard", share, "--report-file", file]);
    }
    const merged = await place.main(["report", "--merge", "part-*", "--report", "json"]);
    expect(merged).toEqual({ stdout: whole.stdout, stderr: "", code: 0 });
    const text = (await place.main(["report", GLOB])).stdout;
    expect((await place.main(["report", "--merge", "part-*"])).stdout).toBe(text);
  });

  test("may have been merged or written anew before", async () => {
    const place = placeWithRuns();
    const whole = (await place.main(["report", GLOB, "--report", "json"])).stdout;
    for (const share of ["1/4", "2/4", "3/4", "4/4"])
      await place.main(["report", GLOB, "--shard", share, "--report-file", `${share[0]}.json`]);
    await place.main(["report", "--merge", "1.json", "3.json", "--report-file", "odd.json"]);
    place.write("2.json", JSON.stringify(JSON.parse(place.read("2.json")), null, 2));
    const { stdout } = await place.main([
      "report",
      "--merge",
      "4.json",
      "2.json",
      "odd.json",
      "--report",
      "json",
    ]);
    expect(stdout).toBe(whole);
  });

  test("count a file once that is in two of them, and refuse it when the numbers differ", async () => {
    const place = placeWithRuns();
    const whole = (await place.main(["report", GLOB, "--report", "json"])).stdout;
    await place.main(["report", GLOB, "--report-file", "a.json"]);
    place.write("b.json", place.read("a.json"));
    const same = await place.main(["report", "--merge", "a.json", "b.json", "--report", "json"]);
    expect(same.stdout).toBe(whole);
    await place.main(["report", GLOB, "-p", "mask", "--report-file", "c.json"]);
    const { stdout, stderr, code } = await place.main(["report", "--merge", "a.json", "c.json"]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toMatch(/^compact: c\.json: runs\/\S+ is in another report with other numbers/);
  });

  test("say what an interrupted part did not come to", async () => {
    const place = placeWithRuns();
    const interruption = new AbortController();
    interruption.abort();
    const stopped = { interrupted: interruption.signal };
    await place.main(["report", GLOB, "--shard", "1/2", "--report-file", "a.json"], stopped);
    await place.main(["report", GLOB, "--shard", "2/2", "--report-file", "b.json"]);
    const { stdout } = await place.main(["report", "--merge", "a.json", "b.json"]);
    expect(stdout.split("\n")[0]).toBe("6 of 12 files (interrupted)");
  });

  test.each([
    [
      "other.json",
      '{"some":"thing"}\n',
      "other.json:1: not a row of a report, expected a report as json or ndjson",
    ],
    [
      "torn.json",
      '{"version":1,"files":[\n{"path"',
      "torn.json:2: not a row of a report, expected a report as json",
    ],
    ["new.json", '{"version":2,"files":[\n', "a report of version 2, expected 1"],
    ["missing.json", undefined, "missing.json: no such file or directory"],
  ])("are reports: %s", async (name, content, message) => {
    const place = new Place();
    if (content !== undefined) place.write(name, content);
    const { stdout, stderr, code } = await place.main(["report", "--merge", name]);
    expect({ stdout, code }).toEqual({ stdout: "", code: 2 });
    expect(stderr).toContain(`compact: ${message}`);
  });

  test("are counted with one tokenizer", async () => {
    const place = placeWithRuns();
    await place.main(["report", GLOB, "--shard", "1/2", "--report-file", "a.json"]);
    await place.main(["report", GLOB, "--shard", "2/2", "--tokenizer", "chars4", "--report-file", "b.json"]);
    expect((await place.main(["report", "--merge", "a.json", "b.json"])).stderr).toBe(
      "compact: reports counted with chars4 and o200k_base, expected one tokenizer\n",
    );
  });
});

describe("--shard", () => {
  test("takes each file once, over all shares", async () => {
    const place = placeWithRuns();
    for (const share of ["1/3", "2/3", "3/3"]) await place.main(["-q", GLOB, "-o", "out/", "--shard", share]);
    expect(place.files("out")).toEqual(place.files("runs"));
  });

  test.each(["0/3", "4/3", "1", "a/b"])("is a share: %s", async (share) => {
    const { stderr, code } = await placeWithRuns().main(["report", GLOB, "--shard", share]);
    expect({ stderr, code }).toEqual({
      stderr: `compact: --shard ${share}, expected I/N with I from 1 to N, for example 2/8\n`,
      code: 2,
    });
  });
});

describe("--each-line", () => {
  const request = (name: string) => {
    const messages = openaiChat({ name })
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    return JSON.stringify({ id: name, messages });
  };

  test("compacts a transcript a line, each without the others", async () => {
    const lines = [request("a"), request("b"), request("c")];
    const together = await new Place().main(["-q", "-p", "mask", "--each-line"], {
      input: `${lines.join("\n")}\n`,
    });
    expect(together).toMatchObject({ stderr: "", code: 0 });
    const out = together.stdout.trimEnd().split("\n");
    expect(out).toHaveLength(3);
    for (const [i, line] of lines.entries()) {
      const alone = await new Place().main(["-q", "-p", "mask"], { input: line });
      expect(out[i]).toBe(alone.stdout);
      expect(refsIn(out[i]!)).toHaveLength(4);
    }
  });

  test("takes JSON lines as a JSON string, and gives back one", async () => {
    const session = claudeSession();
    const { stdout } = await new Place().main(["--each-line"], { input: `${JSON.stringify(session)}\n` });
    const alone = await new Place().main(["-q"], { input: session });
    expect(JSON.parse(stdout)).toBe(alone.stdout);
  });

  test("stores what goes, so that each line can be restored", async () => {
    const place = new Place();
    const { stdout } = await place.main(["--each-line"], { input: `${request("a")}\n${request("b")}\n` });
    const second = stdout.split("\n")[1]!;
    expect(await place.main(["restore"], { input: second })).toEqual({
      stdout: request("b"),
      stderr: "",
      code: 0,
    });
  });

  test("gives what goes as a second column instead, and touches no disk", async () => {
    const place = new Place();
    const { stdout } = await place.main(["--each-line", "--inline-artifacts"], {
      input: `${request("a")}\nnot a transcript\n`,
    });
    const [first = "", second = ""] = stdout.trimEnd().split("\n");
    const [transcript = "", column = ""] = first.split("\t");
    const artifacts: { ref: string; sha256: string; tool: string; text: string }[] = JSON.parse(column);
    expect(artifacts.map(({ ref }) => ref)).toEqual(refsIn(transcript));
    for (const { sha256, text } of artifacts)
      expect(createHash("sha256").update(text).digest("hex")).toBe(sha256);
    expect(second).toBe("not a transcript\t[]");
    expect(place.files()).toEqual([]);
  });

  test("passes through what it cannot read, says which line, and goes on", async () => {
    const input = `${request("a")}\n\n{"x":1}\n"torn\n${request("b")}`;
    const { stdout, stderr, code } = await new Place().main(["-p", "mask", "--each-line"], { input });
    const lines = stdout.split("\n");
    expect(lines).toHaveLength(6);
    expect(lines.slice(1, 4)).toEqual(["", '{"x":1}', '"torn']);
    expect(refsIn(lines[4]!)).toHaveLength(4);
    expect(stderr).toMatch(
      /^compact: stdin:3: no known .+; passed through unchanged\ncompact: stdin:4: .+\n$/,
    );
    expect(code).toBe(2);
  });

  test("holds one line at a time", async () => {
    const place = new Place();
    const script = `yes '${request("a").replaceAll("'", "")}' | head -3000 |
      compact --each-line --inline-artifacts --tokenizer chars4 | head -c 60000000 | wc -c`;
    const { stdout, stderr, code } = await place.shell(script, {
      env: { NODE_OPTIONS: "--max-old-space-size=40" },
    });
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(Number(stdout)).toBeGreaterThan(10_000_000);
  });
});
