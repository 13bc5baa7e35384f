// A thread that dies costs one file. The threads here run a program that dies when told to.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ExitCode } from "../../src/cli/exit-codes.ts";
import { WorkerPool } from "../../src/cli/worker-pool.ts";
import type { FileTask, RunSetup } from "../../src/cli/worker-tasks.ts";

/** Leaves a file for each that it begins, so that it can tell a second try and whether others are in work. */
const PROGRAM = `
  const { parentPort, workerData } = require("node:worker_threads");
  const fs = require("node:fs");
  parentPort.on("message", (group) => {
    for (const { id, task } of group) {
      Atomics.store(workerData.memory, 0, id);
      const { name, path } = task.input;
      const isSecond = fs.existsSync(path);
      fs.writeFileSync(path, "");
      if (name === "throws" || (name === "throws once" && !isSecond)) throw new Error("thrown");
      if (name === "exits") process.exit(7);
      if (name === "hangs") Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      parentPort.postMessage([{ id, row: JSON.stringify({ path: name }), code: 0, told: "" }]);
    }
  });
`;

vi.mock("../../src/cli/program-files.ts", () => ({
  programFile: () =>
    new URL(
      `data:text/javascript,${encodeURIComponent(`import { createRequire } from "node:module"; const require = createRequire("file:///");${PROGRAM}`)}`,
    ),
}));

const setup: RunSetup = {
  cwd: "/",
  flags: {},
  settings: {},
  store: "/none",
  options: { output: undefined, inPlace: false, force: false },
  hasSeveral: true,
  wantsSession: false,
};

let pool: WorkerPool;
let folder: string;
beforeEach(() => {
  pool = new WorkerPool(setup, 2);
  folder = mkdtempSync(join(tmpdir(), "compact-pool-"));
});
afterEach(async () => {
  await pool.close();
  rmSync(folder, { recursive: true });
});

const task = (name: string, place: number): FileTask => ({
  input: { name, path: join(folder, String(place)) },
  target: { type: "nowhere" },
  bytes: 1000,
});
const begun = (place: number) => existsSync(join(folder, String(place)));

test("the others are done, and what died once is tried again", async () => {
  const names = ["a", "throws", "b", "exits", "c", "d", "throws once", "throws", "e"];
  const results = await Promise.all(names.map((name, place) => pool.run(task(name, place))));
  expect(results.map(({ row = "", code }) => [JSON.parse(row).path, code])).toEqual(
    names.map((name) => [name, ["throws", "exits"].includes(name) ? ExitCode.error : ExitCode.done]),
  );
  expect(results[1]).toMatchObject({ told: "compact: throws: thrown\n" });
  expect(JSON.parse(results[3]!.row!)).toMatchObject({
    status: "failed",
    preset: "balanced",
    disk: { before: 1000 },
    error: "the thread ended with 7",
  });
});

test("what a thread died of is tried again when all others are done", async () => {
  const order: string[] = [];
  const names = ["throws once", ...Array.from({ length: 200 }, (_, i) => `f${i}`)];
  await Promise.all(
    names.map(async (name, place) => {
      await pool.run(task(name, place));
      order.push(name);
    }),
  );
  expect(order).toHaveLength(201);
  expect(order.at(-1)).toBe("throws once");
});

test("an interruption ends what computes, and all that waits", async () => {
  const names = ["hangs", "a", "b", "hangs", "c"];
  const results = Promise.all(names.map((name, place) => pool.run(task(name, place))));
  await vi.waitFor(() => expect(begun(0)).toBe(true));
  pool.interrupt();
  for (const { row, code } of (await results).filter((result) => result.row === undefined))
    expect({ row, code }).toEqual({ row: undefined, code: ExitCode.interrupted });
  expect((await results)[0]?.code).toBe(ExitCode.interrupted);
  expect(await pool.run(task("late", 9))).toMatchObject({ code: ExitCode.interrupted });
  expect(begun(9)).toBe(false);
});
