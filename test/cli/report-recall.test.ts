// Recall beside reduction: what `compact evaluate` measured, in a report over the same files.
import { describe, expect, test } from "vitest";
import { type Step, session } from "../evaluate/session.ts";
import { Place } from "./run.ts";
import { claudeSession } from "./transcripts.ts";

const code = (file: number) =>
  Array.from({ length: 60 }, (_, i) => `  const parcel_${file}_${i} = weigh(route_${file}, "leg ${i}");`);

/** Reads twelve files, then edits lines of some that it read early. */
function reader(edited: readonly number[]): string {
  const reads = Array.from(
    { length: 12 },
    (_, i): Step => ({ call: { command: `cat part-${i}.js` }, result: code(i).join("\n") }),
  );
  const edits = edited.map((file): Step => {
    const old = code(file).slice(10, 13).join("\n");
    return { tool: "edit", call: { path: `part-${file}.js`, old_string: old, new_string: "" }, result: "ok" };
  });
  return session([...reads, ...edits], "Make it faster.");
}

const GLOB = "runs/**/*.jsonl";

/** Two sessions with references and one without, and what `evaluate` measured of them. */
async function evaluatedPlace(): Promise<Place> {
  const place = new Place();
  place.write("runs/a.jsonl", reader([2, 3, 4]));
  place.write("runs/b.jsonl", reader([1, 5, 6, 7]));
  place.write("runs/plain.jsonl", claudeSession());
  const { stdout, code } = await place.main(["evaluate", GLOB, "--json"]);
  expect(code).toBe(0);
  place.write("recall.json", stdout);
  return place;
}

const parsed = async (place: Place, args: readonly string[]) =>
  JSON.parse((await place.main(["report", ...args, "--report", "json"])).stdout);

describe("compact report --recall", () => {
  test("shows the recall that evaluate measured for each file, and its mean, V and T apart", async () => {
    const place = await evaluatedPlace();
    const { files, total } = await parsed(place, [GLOB, "--recall", "recall.json"]);
    const { groups, transcripts } = JSON.parse(place.read("recall.json"));
    const measured = transcripts.map(({ points }: { points: { kind: string }[] }) =>
      points.find(({ kind }) => kind === "preset"),
    );
    expect(files.map(({ recall }: { recall?: object }) => recall)).toMatchObject([
      { v: measured[0].v, kept: measured[0].kept, cuts: measured[0].cuts },
      { v: measured[1].v, kept: measured[1].kept, cuts: measured[1].cuts },
      undefined,
    ]);
    const preset = groups[0].points.find(({ kind }: { kind: string }) => kind === "preset");
    expect(total.recall.v.mean).toBeCloseTo(preset.methods[0].recall.v.mean, 12);
    expect(total.recall).toMatchObject({ files: 2, cuts: preset.cuts, v: { files: 2 } });
    expect(total.recall).not.toHaveProperty("mean");
  });

  test("is in the text, which still fits 80 columns, and in csv, md and html", async () => {
    const place = await evaluatedPlace();
    const shown = async (format: string) =>
      (await place.main(["report", GLOB, "--recall", "recall.json", "--report", format])).stdout;
    const text = await shown("text");
    expect(text).toMatch(/^ {2}V: verbatim lines, edits and quotes +2( +[\d.]+ %){4}$/m);
    expect(text).toMatch(/^ {2}runs\/a\.jsonl.*%( +[\d.]+ %){1,2}$/m);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    const [head = "", ...rows] = (await shown("csv")).trimEnd().split("\r\n");
    const column = head.split(",").indexOf("recall_v");
    const cells = rows.map((row) => row.split(",")[column]);
    expect(cells.map((cell) => Number(cell) > 0)).toEqual([true, true, false]);
    expect(cells[2]).toBe("");
    expect(await shown("md")).toContain("V: verbatim lines, edits and quotes");
    const page = await shown("html");
    expect(page).toMatch(/<dt>Recall<\/dt><dd>V\u00a0[\d.]+\u00a0%/);
    expect(page).toContain("recall V</th>");
  });

  test("of parts, joined before or after, is byte for byte that of the whole", async () => {
    const place = await evaluatedPlace();
    const recall = ["--recall", "recall.json"];
    const whole = (await place.main(["report", GLOB, ...recall, "--report", "json"])).stdout;
    for (const part of ["1", "2"]) {
      const shard = ["report", GLOB, "--shard", `${part}/2`];
      await place.main([...shard, ...recall, "--report-file", `with-${part}.json`]);
      await place.main([...shard, "--report-file", `bare-${part}.json`]);
    }
    const merge = async (args: readonly string[]) =>
      (await place.main(["report", "--merge", ...args, "--report", "json"])).stdout;
    expect(await merge(["with-*.json"])).toBe(whole);
    expect(await merge(["bare-*.json", ...recall])).toBe(whole);
  });

  test("is refused where another preset was measured than the run has", async () => {
    const place = await evaluatedPlace();
    const refused = async (...args: string[]) =>
      place.main(["report", GLOB, "--recall", "recall.json", ...args]);
    expect(await refused("-p", "mask")).toEqual({
      stdout: "",
      stderr:
        "compact: --recall recall.json: measured was balanced, expected mask\n  compact evaluate GLOB... --presets mask --json > recall.json\n",
      code: 2,
    });
    expect((await refused("-b", "50%")).stderr).toBe(
      "compact: --recall is that of a preset as it is, expected no --stage and no --budget\n",
    );
  });

  test("says when it has none of the files, and reports all the same", async () => {
    const place = await evaluatedPlace();
    const { stdout, stderr, code } = await place.main([
      "report",
      "runs/plain.jsonl",
      "--recall",
      "recall.json",
    ]);
    expect(stdout).toContain("runs/plain.jsonl");
    expect({ stderr, code }).toEqual({
      stderr:
        "compact: --recall recall.json: has none of these files, expected the names that the report has\n",
      code: 1,
    });
  });

  test.each([
    ["no JSON", "tables\n", "no JSON"],
    ["other JSON", '{"version":1}', "no recall of transcripts"],
    ["nothing", undefined, "no such file or directory"],
  ])("is what evaluate printed, and not %s", async (_what, content, reason) => {
    const place = new Place();
    place.write("a.jsonl", claudeSession());
    if (content !== undefined) place.write("r.json", content);
    const { stderr, code } = await place.main(["report", "a.jsonl", "--recall", "r.json"]);
    expect({ stderr, code }).toEqual({
      stderr: `compact: --recall r.json: ${reason}, expected what \`compact evaluate --json\` printed\n`,
      code: 2,
    });
  });
});
