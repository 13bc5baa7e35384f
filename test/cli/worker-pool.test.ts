// A thread that dies takes one file with it. The threads here run a program that dies when told to.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ExitCode } from "../../src/cli/exit-codes.ts";
import { WorkerPool } from "../../src/cli/worker-pool.ts";
import type { FileTask, RunSetup } from "../../src/cli/worker-tasks.ts";

const PROGRAM = `
  const { parentPort, workerData } = require("node:worker_threads");
  parentPort.on("message", ({ id, task }) => {
    Atomics.store(workerData.current, 0, id);
    if (task.input.name === "throws") throw new Error("thrown");
    if (task.input.name === "exits") process.exit(7);
    parentPort.postMessage({ id, row: JSON.stringify({ path: task.input.name }), code: 0, told: "" });
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
const task = (name: string): FileTask => ({ input: { name, path: `/${name}` }, target: { type: "nowhere" } });

let pool: WorkerPool;
beforeAll(() => {
  pool = new WorkerPool(setup, 2);
});
afterAll(() => pool.close());

test("the others are done, by another thread where need be", async () => {
  const names = ["a", "throws", "b", "exits", "c", "d", "throws", "e"];
  const results = await Promise.all(names.map((name) => pool.run(task(name))));
  expect(results.map(({ row = "", code }) => [JSON.parse(row).path, code])).toEqual(
    names.map((name) => [name, ["throws", "exits"].includes(name) ? ExitCode.error : ExitCode.done]),
  );
  expect(results[1]).toMatchObject({ told: "compact: throws: thrown\n" });
  expect(JSON.parse(results[3]!.row!)).toMatchObject({ status: "failed", error: "the thread ended with 7" });
});
