// The program of a worker thread. In: one file after the other. Out: what became of each, and what there is to say of it. Knows
// neither argv nor terminals: its stderr is a message to the thread that has one.
import { Readable, Writable } from "node:stream";
import { parentPort, workerData } from "node:worker_threads";
import { batchOf } from "./batch-setup.ts";
import type { Io } from "./io.ts";
import { workOn } from "./work.ts";
import type { FromWorker, ToWorker, WorkerStart } from "./worker-tasks.ts";

const port = parentPort;
if (port === null) throw new Error("a worker thread without its parent");

const { setup, current }: WorkerStart = workerData;
const interruption = new AbortController();
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
  interrupted: interruption.signal,
  unguarded: (work) => work(), // signals are the business of the other thread
};
const batch = batchOf(setup, io);

/** One file at a time: the next waits in line here while the thread is busy. */
let line: Promise<void> = Promise.resolve();

port.on("message", (message: ToWorker) => {
  if (message.type === "interrupt") interruption.abort();
  else {
    const { id, task } = message;
    line = line.then(async () => {
      Atomics.store(current, 0, id);
      told = [];
      const result = await workOn(task.input, batch(task));
      port.postMessage({ id, ...result, told: told.join("") } satisfies FromWorker);
    });
  }
});
