// In: files. Out: what became of each, from as many threads as asked for. A thread that dies costs the file that it worked on, and
// nothing else: that file is tried once more, when no other is in work, and then given up with its reason.
import { Worker } from "node:worker_threads";
import { resolve } from "../config/resolve.ts";
import { buildFailedReport } from "../report/build.ts";
import { ExitCode } from "./exit-codes.ts";
import { programFile } from "./program-files.ts";
import { MOST_IN_GROUP, takeGroup } from "./worker-groups.ts";
import { WorkerState } from "./worker-state.ts";
import {
  type FileResult,
  type FileTask,
  type FromWorker,
  type RunSetup,
  type ToWorker,
  WORKER_FILE,
  type WorkerStart,
} from "./worker-tasks.ts";

/** One group is worked on, one waits at hand, so that no thread waits for ours. */
const GROUPS_AT_A_THREAD = 2;
/** So many files have to be asked for at once to keep a thread busy. */
export const FILES_AT_A_THREAD = GROUPS_AT_A_THREAD * MOST_IN_GROUP;

export type PoolResult = FileResult & { readonly told: string };

interface Pending {
  readonly id: number;
  readonly task: FileTask;
  /** Of the task, in bytes. */
  readonly bytes: number;
  readonly isSecondTry: boolean;
  readonly done: (result: PoolResult) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly state: WorkerState;
  /** In the order in which they were handed over. */
  readonly groups: Pending[][];
}

const INTERRUPTED: PoolResult = { row: undefined, code: ExitCode.interrupted, told: "" };

export class WorkerPool {
  private readonly setup: RunSetup;
  private readonly size: number;
  private readonly threads = new Set<Thread>();
  private readonly waiting: Pending[] = [];
  /** Files that a thread died of. */
  private readonly suspects: Pending[] = [];
  private isAskedToHand = false;
  private isStopped = false;
  private lastId = 0;

  constructor(setup: RunSetup, size: number) {
    this.setup = setup;
    this.size = size;
  }

  run(task: FileTask): Promise<PoolResult> {
    if (this.isStopped) return Promise.resolve(INTERRUPTED);
    return new Promise((done) => {
      this.waiting.push({ id: ++this.lastId, task, bytes: task.bytes, isSecondTry: false, done });
      this.handSoon();
    });
  }

  /** What is not begun ends as interrupted, and so does what is computed on. Only what is being written is waited for. */
  interrupt(): void {
    this.isStopped = true;
    for (const { done } of [...this.waiting.splice(0), ...this.suspects.splice(0)]) done(INTERRUPTED);
    for (const { worker, state } of this.threads) if (state.stop()) worker.terminate();
  }

  async close(): Promise<void> {
    this.isStopped = true;
    await Promise.all([...this.threads].map(({ worker }) => worker.terminate()));
  }

  private start(): Thread {
    const state = new WorkerState();
    const start: WorkerStart = { setup: this.setup, memory: state.memory };
    const worker = new Worker(programFile(WORKER_FILE), { workerData: start });
    const thread: Thread = { worker, state, groups: [] };
    let death: Error | undefined;
    worker.on("message", (results: FromWorker) => this.settle(thread, results));
    worker.on("error", (error) => {
      death = error;
    });
    worker.on("exit", (code) => this.bury(thread, death ?? new Error(`the thread ended with ${code}`)));
    this.threads.add(thread);
    return thread;
  }

  private settle({ groups }: Thread, results: FromWorker): void {
    for (const { id, ...result } of results) {
      for (const group of groups) {
        const at = group.findIndex((pending) => pending.id === id);
        for (const { done } of at === -1 ? [] : group.splice(at, 1)) done(result);
      }
    }
    while (groups[0]?.length === 0) groups.shift();
    this.handSoon();
  }

  /** The file that it worked on was the one; other threads take the rest. */
  private bury(dead: Thread, error: NodeJS.ErrnoException): void {
    this.threads.delete(dead);
    const left = dead.groups.flat();
    if (this.isStopped) {
      for (const { done } of left) done(INTERRUPTED);
      return;
    }
    const suspect = left.find(({ id }) => id === dead.state.file) ?? left[0];
    this.waiting.unshift(...left.filter((pending) => pending !== suspect));
    if (suspect?.isSecondTry) suspect.done(this.lost(suspect, error));
    else if (suspect !== undefined) this.suspects.push({ ...suspect, isSecondTry: true });
    this.handSoon();
  }

  private lost({ task: { input, bytes } }: Pending, { code, message }: NodeJS.ErrnoException): PoolResult {
    const isMemory = code === "ERR_WORKER_OUT_OF_MEMORY";
    const reason = isMemory ? "out of memory" : message;
    const hint = isMemory ? "  NODE_OPTIONS=--max-old-space-size=N allows N megabytes\n" : "";
    const { preset } = resolve(this.setup.settings);
    const facts = { path: input.name, preset, bytes, storeAdded: 0 };
    return {
      row: JSON.stringify(buildFailedReport(facts, reason)),
      code: ExitCode.error,
      told: `compact: ${input.name}: ${reason}\n${hint}`,
    };
  }

  /** After all that is asked for in one go is there to be grouped. */
  private handSoon(): void {
    if (this.isAskedToHand) return;
    this.isAskedToHand = true;
    queueMicrotask(() => {
      this.isAskedToHand = false;
      if (!this.isStopped) this.hand();
    });
  }

  private hand(): void {
    const busy = [...this.threads].filter(({ groups }) => groups.length > 0);
    const isAlone = busy.some(({ groups }) => groups[0]?.[0]?.isSecondTry);
    if (isAlone) return;
    for (let load = 0; load < GROUPS_AT_A_THREAD; load++) {
      while (this.waiting.length > 0) {
        const thread = this.threadWith(load);
        if (thread === undefined) break;
        this.give(thread, takeGroup(this.waiting, this.size));
      }
    }
    const suspect = busy.length === 0 && this.waiting.length === 0 ? this.suspects.shift() : undefined;
    if (suspect !== undefined) this.give(this.threadWith(0) ?? this.start(), [suspect]);
  }

  /** Threads are started when there is something to do for them. */
  private threadWith(load: number): Thread | undefined {
    const known = [...this.threads].find(({ groups }) => groups.length === load);
    return known ?? (load === 0 && this.threads.size < this.size ? this.start() : undefined);
  }

  private give({ worker, groups }: Thread, group: Pending[]): void {
    groups.push(group);
    worker.postMessage(group.map(({ id, task }) => ({ id, task })) satisfies ToWorker);
  }
}
