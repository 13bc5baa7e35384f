// The program of a worker thread. In: one file after the other. Out: what became of each, and what there is to say of it. Knows
// neither argv nor terminals: its stderr is a message to the thread that has one.
import { Readable, Writable } from "node:stream";
import { parentPort, workerData } from "node:worker_threads";
import { batchOf } from "./batch-setup.ts";
import { ExitCode } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { workOn } from "./work.ts";
import { WorkerState } from "./worker-state.ts";
import type { FileTask, FromWorker, ThreadResult, ToWorker, WorkerStart } from "./worker-tasks.ts";

const port = parentPort;
if (port === null) throw new Error("a worker thread without its parent");

const { setup, memory }: WorkerStart = workerData;
const state = new WorkerState(memory);
let told: string[] = [];

const io: Io = {
  args: [],
  cwd: setup.cwd,
  env: {},
  stdin: Readable.from([]),
  stdout: new Writable({
    write: (_chunk, _encoding, done) => done(new Error("a worker thread has no stdout")),
  }),
  stderr: new Writable({
    write: (chunk, _encoding, done) => {
      told.push(String(chunk));
      done();
    },
  }),
  interrupted: new AbortController().signal, // signals are the business of the other thread
  unguarded: (work) => work(),
};
const batch = batchOf(setup, io, () => state.mayWrite());

/** One group at a time: the next waits in line here while the thread is busy. */
let line: Promise<void> = Promise.resolve();

port.on("message", (group: ToWorker) => {
  line = line.then(() => workOnGroup(group));
});

/** What has been written is told at once, so that it is known even when this thread dies; what was only counted is told together. */
async function workOnGroup(group: ToWorker): Promise<void> {
  let results: ThreadResult[] = [];
  for (const { id, task } of group) {
    results.push(await resultOf(id, task));
    if (task.target.type === "nowhere") continue;
    send(results);
    results = [];
  }
  send(results);
}

async function resultOf(id: number, task: FileTask): Promise<ThreadResult> {
  if (!state.begin(id)) return { id, row: undefined, code: ExitCode.interrupted, told: "" };
  told = [];
  const result = await workOn(task.input, batch(task));
  return { id, ...result, told: told.join("") };
}

function send(results: FromWorker): void {
  if (results.length > 0) port?.postMessage(results);
}
