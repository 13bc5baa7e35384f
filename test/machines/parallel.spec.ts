// The README's recipe for GNU parallel, with the real program.
import { expect, test } from "vitest";
import { expectWhole, follow, machine } from "./machine.ts";

test("jobs of GNU parallel do all files together, and their parts make the whole", async () => {
  const { place, path } = machine();
  const { code } = await follow("parallel", place, { PATH: path, HOME: place.path("home") });
  expect(code).toBe(0);
  expect(place.read("report.html")).toContain("<h1>9 files</h1>");
  await expectWhole(place, 4);
});
