// The README's recipe for GNU parallel, with the real program.
import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recipe } from "../cli/recipes.ts";
import { Place } from "../cli/run.ts";
import { claudeSession, codexRollout } from "../cli/transcripts.ts";

test("jobs of GNU parallel do all files together, and their parts make the whole", async () => {
  const place = new Place();
  for (let i = 0; i < 9; i++)
    place.write(`runs/${i % 2}/${i}.jsonl`, (i % 3 === 0 ? codexRollout : claudeSession)({ name: `s${i}` }));
  place.makeDirectory("bin");
  const program = join(import.meta.dirname, "..", "..", "bin", "compact.js");
  chmodSync(program, 0o755);
  symlinkSync(program, place.path("bin/compact"));
  const env = { PATH: `${place.path("bin")}:${process.env.PATH}` };
  const { code } = await place.shell(`unset -f compact\n${recipe("parallel")}`, { env });
  expect(code).toBe(0);
  expect(place.files().filter((name) => name.startsWith("part-"))).toHaveLength(4);
  expect(place.read("report.html")).toContain("<h1>9 files</h1>");
  const merged = await place.main(["report", "--merge", "part-*.json", "--report", "json"]);
  const whole = await place.main(["report", "runs/**/*.jsonl", "--report", "json"]);
  expect(merged).toEqual(whole);
});
