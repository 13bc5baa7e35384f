// Many files at once: found, spread over threads, interrupted, taken up again.
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { progressLine } from "../../src/cli/progress.ts";
import { finished, Place } from "./run.ts";
import { claudeSession, codexRollout, refsIn } from "./transcripts.ts";

/** Five sessions in three folders, one of them torn beyond use, and a file that is none of ours. */
function placeWithRuns(): Place {
  const place = new Place();
  place.write("runs/a/1.jsonl", claudeSession({ name: "a1" }));
  place.write("runs/a/2.jsonl", codexRollout({ name: "a2" }));
  place.write("runs/b/1.jsonl", claudeSession({ name: "b1", calls: 20 }));
  place.write("runs/b/c/1.jsonl", claudeSession({ name: "c1", calls: 30 }));
  place.write("runs/notes.txt", "none of ours\n");
  return place;
}

interface Rows {
  readonly files: { readonly path: string; readonly status: string; readonly error?: string }[];
  readonly total: { readonly files: number; readonly found: number; readonly failed: number };
}

const paths = ({ files }: Rows) => files.map(({ path }) => path);
const ALL = ["runs/a/1.jsonl", "runs/a/2.jsonl", "runs/b/1.jsonl", "runs/b/c/1.jsonl"];

describe("compact report", () => {
  test("takes a quoted glob, sorted by name, and writes nothing but the report", async () => {
    const place = placeWithRuns();
    const before = place.files();
    const { stdout, stderr, code } = await place.main(["report", "runs/**/*.jsonl", "--report", "json"]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(paths(JSON.parse(stdout))).toEqual(ALL);
    expect(place.files()).toEqual(before);
  });

  test("takes a name that is there for a file, whatever its letters", async () => {
    const place = placeWithRuns();
    place.write("[a]*.jsonl", claudeSession());
    const { stdout, code } = await place.main(["report", "[a]*.jsonl", "--report", "json"]);
    expect({ paths: paths(JSON.parse(stdout)), code }).toEqual({ paths: ["[a]*.jsonl"], code: 0 });
  });

  test.each([
    ["runs/?/*.jsonl", ALL.slice(0, 3)],
    ["run?/b/?/?.jsonl", ALL.slice(3)],
    ["runs/{?,b/?}/1.jsonl", [ALL[0], ...ALL.slice(2)]],
    ["runs/?(a)/*.jsonl", ALL.slice(0, 2)],
  ])("takes a ? for any letter, of folders too: %s", async (glob, found) => {
    const { stdout } = await placeWithRuns().main(["report", glob, "--report", "json"]);
    expect(paths(JSON.parse(stdout))).toEqual(found);
  });

  test("says when a glob matches nothing", async () => {
    expect(await placeWithRuns().main(["report", "walks/**"])).toEqual({
      stdout: "",
      stderr: "compact: walks/**: no such file or directory\n  as a glob it matches no file\n",
      code: 2,
    });
  });

  test("says what to write instead of the name of a folder", async () => {
    const { stderr, code } = await placeWithRuns().main(["report", "runs/"]);
    expect({ stderr, code }).toEqual({
      stderr:
        "compact: runs/: is a directory, expected a file\n  for all that is below it: 'runs/**/*.jsonl'\n",
      code: 2,
    });
  });

  test("counts files that it does not know apart, and takes their bytes for unknown", async () => {
    const place = placeWithRuns();
    const { stdout } = await place.main(["report", "runs/{notes.txt,a/*}", "--report", "json"]);
    const { files } = JSON.parse(stdout);
    expect(files.at(-1).disk.parts).toMatchObject({ structure: 0, opaque: "none of ours\n".length });
    const text = (await place.main(["report", "runs/{notes.txt,a/*}"])).stdout;
    expect(text.split("\n")[0]).toBe("3 files, 1 empty or in no known format");
  });

  test("leaves the store out, which holds lines of JSON too", async () => {
    const place = placeWithRuns();
    await place.main(["-q", "-o", "out", ...ALL]);
    expect(place.exists(".compact/runs")).toBe(true);
    const { stdout } = await place.main(["report", "{.compact,runs}/**/*.jsonl", "--report", "json"]);
    expect(paths(JSON.parse(stdout))).toEqual(ALL);
  });

  test("counts what a run would give, and the run then gives it", async () => {
    const place = placeWithRuns();
    const asked = JSON.parse((await place.main(["report", ...ALL, "--report", "json"])).stdout);
    const done = JSON.parse((await place.main([...ALL, "-o", "out", "--report", "json"])).stderr);
    expect(done.total.context).toEqual(asked.total.context);
    expect(done.total.disk).toEqual({ ...asked.total.disk, storeAdded: done.total.disk.storeAdded });
    expect(done.total.disk.storeAdded).toBeGreaterThan(0);
  });

  test("names each bad file with its reason, does the others, and ends with the highest code", async () => {
    const place = placeWithRuns();
    place.write("runs/a/0.jsonl", "unknown\n");
    place.link("nowhere", "runs/b/0.jsonl");
    for (const jobs of ["1", "3"]) {
      const args = ["report", "-j", jobs, "runs/b/0.jsonl", "runs/*/*.jsonl", "--report", "json"];
      const { stdout, stderr, code } = await place.main(args);
      const { files, total }: Rows = JSON.parse(stdout);
      expect(code).toBe(2);
      expect(stderr).toContain("compact: runs/b/0.jsonl: no such file or directory\n");
      expect(stderr).toContain("compact: runs/a/0.jsonl: no known transcript format");
      expect(files.find(({ path }) => path === "runs/b/0.jsonl")).toMatchObject({
        status: "failed",
        error: "no such file or directory",
      });
      expect(total).toMatchObject({ files: 5, found: 5, failed: 1 });
    }
  });

  test("prints text unless told otherwise, and the ending of --report-file tells", async () => {
    const place = placeWithRuns();
    expect((await place.main(["report", ...ALL])).stdout).toMatch(/^4 files\n[\d,]+ context tokens/);
    const first: Record<string, RegExp> = { json: /^\{"version":1/, csv: /^path,status/, md: /^\*\*4 files/ };
    for (const [ending, beginning] of Object.entries(first)) {
      await place.main(["report", ...ALL, "--report-file", `r.${ending}`]);
      expect(place.read(`r.${ending}`)).toMatch(beginning);
    }
  });

  test("ends quietly when its reader goes away", async () => {
    const { stdout, stderr } = await placeWithRuns().shell("compact report 'runs/**/*.jsonl' | head -1");
    expect(stdout.split("\n")).toHaveLength(2);
    expect(stderr).toBe("");
  });
});

describe("threads", () => {
  test("give the same report and the same files, whatever their number", async () => {
    const results = [];
    for (const jobs of ["1", "2", "5"]) {
      const place = placeWithRuns();
      const args = ["-p", "mask", "runs/**/*.jsonl", "-o", "out", "-j", jobs, "--report-file", "r.json"];
      expect(await place.main(args)).toEqual({ stdout: "", stderr: "", code: 0 });
      const files = [...place.files("out"), ...place.files(".compact")];
      results.push({ files, contents: ALL.map((name) => place.read(name.replace("runs", "out"))) });
      expect(refsIn(place.read("out/a/1.jsonl"))).toHaveLength(4);
      expect(results.at(-1)).toEqual(results[0]);
      expect(place.read("r.json")).toContain('"storeAdded"');
    }
  });

  test("mirror the tree below the place where the glob begins", async () => {
    const place = placeWithRuns();
    await place.main(["-q", "runs/**/c/*.jsonl", "-o", "out/", "-j", "2"]);
    expect(place.files("out")).toEqual(["b/c/1.jsonl"]);
  });

  test("are a number", async () => {
    const { stderr, code } = await placeWithRuns().main(["report", "-j", "many", ...ALL]);
    expect({ stderr, code }).toEqual({
      stderr: "compact: --jobs many, expected a number of threads from 1 to 999\n",
      code: 2,
    });
  });
});

describe("--resume", () => {
  test("skips what is done and unchanged, and the report is that of one run", async () => {
    const place = placeWithRuns();
    const whole = (await place.main(["report", ...ALL, "--report", "json"])).stdout;
    const args = ["report", ...ALL, "--report-file", "r.json"];
    const interruption = new AbortController();
    interruption.abort();
    const stopped = await place.main(args, { interrupted: interruption.signal });
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain("interrupted; the same command with --resume goes on from here");
    expect(JSON.parse(place.read("r.json")).total).toMatchObject({ files: 0, found: 4 });
    expect(place.exists("r.json.rows")).toBe(true);

    expect((await place.main([...args, "--resume"])).code).toBe(0);
    expect(place.read("r.json")).toBe(whole);
    expect(place.exists("r.json.rows")).toBe(false);
  });

  test("takes rows over from the journal, even one that a kill has torn", async () => {
    const place = placeWithRuns();
    const args = ["report", ...ALL, "--report-file", "r.json"];
    await place.main(args);
    const report = JSON.parse(place.read("r.json"));
    const { statSync } = await import("node:fs");
    const entry = (name: string, row: object) => {
      const { size, mtimeMs } = statSync(place.path(name));
      return JSON.stringify({ name, size, modified: mtimeMs, report: row });
    };
    const known = { ...report.files[0], preset: "from the journal" };
    const failed = { ...report.files[1], status: "failed" };
    const lines = [entry(ALL[0]!, known), entry(ALL[1]!, failed), entry(ALL[2]!, known)];
    place.write("r.json.rows", `${lines.join("\n").slice(0, -20)}`);
    expect((await place.main([...args, "--resume"])).code).toBe(0);
    const { files } = JSON.parse(place.read("r.json"));
    expect(files.map(({ preset }: { preset: string }) => preset)).toEqual([
      "from the journal",
      "balanced",
      "balanced",
      "balanced",
    ]);
    expect(files[1].status).toBe("compacted");
  });

  test("does a file again that has changed since", async () => {
    const place = placeWithRuns();
    const args = ["report", ...ALL, "--report-file", "r.json"];
    const interruption = new AbortController();
    const first = place.main(args, { interrupted: interruption.signal });
    interruption.abort();
    await first;
    place.write(ALL[0]!, claudeSession({ name: "other", calls: 40 }));
    await place.main([...args, "--resume"]);
    const { disk } = JSON.parse(place.read("r.json")).files[0];
    expect(disk.before).toBe(place.bytes(ALL[0]!).length);
  });

  test("needs something that was written", async () => {
    expect((await placeWithRuns().main(["report", "--resume", ...ALL])).stderr).toBe(
      "compact: --resume needs to know what was written, expected -o DIR or --report-file FILE\n",
    );
  });
});

test("Ctrl-C leaves a valid report of what was done, whole outputs, and ends with 130", async () => {
  const place = new Place();
  for (let i = 0; i < 60; i++) place.write(`runs/${i}.jsonl`, claudeSession({ name: `s${i}`, lines: 600 }));
  const args = ["runs/*.jsonl", "-o", "out", "-j", "2", "--report-file", "r.json"];
  const child = place.start(args);
  while (!existsSync(place.path("out")) || place.files("out").length < 3) await wait(5);
  child.kill("SIGINT");
  const { code } = await finished(child);
  expect(code).toBe(130);
  const { files, total }: Rows = JSON.parse(place.read("r.json"));
  expect(total.found).toBe(60);
  expect(files.length).toBeLessThan(60);
  expect(files.filter(({ status }) => status !== "compacted")).toEqual([]);
  expect(place.files("out")).toEqual(files.map(({ path }) => path.slice("runs/".length)).sort());
  for (const name of place.files("out")) expect(place.read(`out/${name}`).endsWith("\n")).toBe(true);

  expect((await place.run([...args, "--resume"])).code).toBe(0);
  expect(place.files("out")).toHaveLength(60);
  expect(JSON.parse(place.read("r.json")).total).toMatchObject({ files: 60, found: 60, failed: 0 });
});

test("Ctrl-C does not wait for a large file: it is left out, and nothing is left half written", async () => {
  const place = new Place();
  for (let i = 0; i < 5; i++) place.write(`runs/${i}.jsonl`, claudeSession({ name: `s${i}` }));
  place.write("runs/large.jsonl", claudeSession({ calls: 300, lines: 2000 }));
  const args = ["runs/*.jsonl", "-o", "out", "-j", "2", "--report-file", "r.json"];
  const child = place.start(args);
  while (place.files("out").filter((name) => name.endsWith(".jsonl")).length < 5) await wait(5);
  child.kill("SIGINT");
  expect((await finished(child)).code).toBe(130);
  expect(paths(JSON.parse(place.read("r.json")))).toEqual([0, 1, 2, 3, 4].map((i) => `runs/${i}.jsonl`));
  expect(place.files("out")).toEqual([0, 1, 2, 3, 4].map((i) => `${i}.jsonl`));
  expect(place.files().filter((name) => name.includes(".compact-tmp-"))).toEqual([]);
});

test("a file that needs more memory than there is costs itself, and no other", async () => {
  const place = new Place();
  for (let i = 0; i < 6; i++) place.write(`runs/${i}.jsonl`, claudeSession({ name: `s${i}` }));
  place.write("runs/huge.jsonl", claudeSession({ calls: 300, lines: 2000 }));
  const env = { NODE_OPTIONS: "--max-old-space-size=40" };
  const args = ["runs/*.jsonl", "-o", "out", "-j", "2", "--report-file", "r.json"];
  const { stderr, code } = await place.run(args, { env });
  expect({ stderr, code }).toEqual({
    stderr:
      "compact: runs/huge.jsonl: out of memory\n  NODE_OPTIONS=--max-old-space-size=N allows N megabytes\n",
    code: 2,
  });
  const { files }: Rows = JSON.parse(place.read("r.json"));
  expect(files.map(({ status }) => status)).toEqual([...Array(6).fill("compacted"), "failed"]);
  expect(files.at(-1)).toMatchObject({ path: "runs/huge.jsonl", error: "out of memory" });
  expect(place.files("out")).toHaveLength(6);
});

describe("progress", () => {
  test("is shown on a terminal only", async () => {
    const place = placeWithRuns();
    const shown = await place.main(["report", ...ALL], { terminals: ["stderr"] });
    expect(shown.stderr).toContain("of 4 files");
    expect((await place.main(["report", ...ALL])).stderr).toBe("");
    expect((await place.main(["report", "-q", ...ALL], { terminals: ["stderr"] })).stderr).toBe("");
  });

  test("says files, speed and time left", () => {
    const all = { files: 12_000, bytes: 90e6 };
    expect(progressLine({ files: 0, bytes: 0 }, all, 0)).toBe("0 of 12,000 files");
    expect(progressLine({ files: 4000, bytes: 30e6 }, all, 2)).toBe(
      "4,000 of 12,000 files, 15.0 MB/s, 4 s left",
    );
    expect(progressLine({ files: 1, bytes: 1e6 }, all, 100)).toContain("2 h 29 min left");
  });
});
