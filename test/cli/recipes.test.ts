// The README's recipes for more than one machine, as far as they need no other program. GNU parallel: test/machines.
import { expect, test } from "vitest";
import { recipe } from "./recipes.ts";
import { Place } from "./run.ts";
import { claudeSession, openaiChat, refsIn } from "./transcripts.ts";

test("the tasks of a Slurm array do all files together, once each", async () => {
  const place = new Place();
  for (let i = 0; i < 10; i++) place.write(`runs/${i}.jsonl`, claudeSession({ name: `s${i}` }));
  const tasks = Number(/--array=1-(\d+)/.exec(recipe("slurm"))?.[1]);
  expect(tasks).toBeGreaterThan(1);
  for (let task = 1; task <= 4; task++) {
    const env = { SLURM_ARRAY_TASK_ID: String(task), SLURM_ARRAY_TASK_COUNT: "4" };
    expect(await place.shell(recipe("slurm"), { env })).toEqual({ stdout: "", stderr: "", code: 0 });
  }
  const merged = await place.main(["report", "--merge", "part-*.json", "--report", "json"]);
  const whole = await place.main(["report", "runs/**/*.jsonl", "--report", "json"]);
  expect(merged).toEqual(whole);
});

test("a pipe of whole transcripts has a line for each", async () => {
  const place = new Place();
  const lines = ["a", "b"].map((name) => {
    const messages = openaiChat({ name })
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    return `${JSON.stringify({ messages })}\n`;
  });
  place.write("transcripts.jsonl", lines.join(""));
  expect(await place.shell(recipe("pipe"))).toEqual({ stdout: "", stderr: "", code: 0 });
  const rows = place.read("smaller.tsv").trimEnd().split("\n");
  expect(rows).toHaveLength(2);
  for (const row of rows) expect(refsIn(row).length).toBeGreaterThan(0);
  expect(place.files()).toEqual(["smaller.tsv", "transcripts.jsonl"]);
});
