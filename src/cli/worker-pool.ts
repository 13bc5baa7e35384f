// In: tasks. Out: their results, from as many threads as asked for. A thread that dies takes the file that it worked on with it,
// and nothing else.
import { Worker } from "node:worker_threads";
import { buildFailedReport } from "../report/build.ts";
import { ExitCode } from "./exit-codes.ts";
import { programFile } from "./program-files.ts";
import {
  type FileResult,
  type FileTask,
  type FromWorker,
  type RunSetup,
  type ToWorker,
  WORKER_FILE,
  type WorkerStart,
} from "./worker-tasks.ts";

/** One is worked on, one waits at hand, so that no thread waits for ours. */
export const TASKS_AT_A_THREAD = 2;

interface Pending {
  readonly id: number;
  readonly task: FileTask;
  readonly done: (result: FileResult & { readonly told: string }) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly current: Int32Array;
  readonly pending: Pending[];
}

export class WorkerPool {
  private readonly setup: RunSetup;
  private readonly threads: Thread[];
  private readonly waiting: Pending[] = [];
  private isClosed = false;
  private lastId = 0;

  constructor(setup: RunSetup, size: number) {
    this.setup = setup;
    this.threads = Array.from({ length: size }, () => this.start());
  }

  run(task: FileTask): Promise<FileResult & { readonly told: string }> {
    return new Promise((done) => {
      this.waiting.push({ id: ++this.lastId, task, done });
      this.hand();
    });
  }

  /** What is not begun ends as interrupted; what is being worked on is not written. */
  interrupt(): void {
    for (const { worker } of this.threads) worker.postMessage({ type: "interrupt" } satisfies ToWorker);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  private start(): Thread {
    const current = new Int32Array(new SharedArrayBuffer(4));
    const start: WorkerStart = { setup: this.setup, current };
    const worker = new Worker(programFile(WORKER_FILE), { workerData: start });
    const thread: Thread = { worker, current, pending: [] };
    worker.on("message", (result: FromWorker) => this.settle(thread, result));
    worker.on("error", (error) => this.bury(thread, error.message));
    worker.on("exit", (code) => this.bury(thread, `the thread ended with ${code}`));
    return thread;
  }

  private settle({ pending }: Thread, { id, ...result }: FromWorker): void {
    const at = pending.findIndex((task) => task.id === id);
    for (const { done } of pending.splice(at, 1)) done(result);
    this.hand();
  }

  /** The file that it worked on was the one; another thread takes what waited. */
  private bury(dead: Thread, reason: string): void {
    const at = this.threads.indexOf(dead);
    if (at === -1 || this.isClosed) return;
    this.threads[at] = this.start();
    const id = Atomics.load(dead.current, 0);
    const victim = dead.pending.find((task) => task.id === id) ?? dead.pending[0];
    this.waiting.unshift(...dead.pending.filter((task) => task !== victim));
    if (victim !== undefined) victim.done(this.lost(victim, reason));
    this.hand();
  }

  private lost({ task: { input } }: Pending, reason: string): FileResult & { readonly told: string } {
    const facts = { path: input.name, preset: this.setup.settings.preset, bytes: 0, storeAdded: 0 };
    return {
      row: JSON.stringify(buildFailedReport(facts, reason)),
      code: ExitCode.error,
      told: `compact: ${input.name}: ${reason}\n`,
    };
  }

  private hand(): void {
    for (const load of Array(TASKS_AT_A_THREAD).keys()) {
      for (const { worker, pending } of this.threads.filter((thread) => thread.pending.length === load)) {
        const next = this.waiting.shift();
        if (next === undefined) return;
        pending.push(next);
        worker.postMessage({ type: "file", id: next.id, task: next.task } satisfies ToWorker);
      }
    }
  }
}
