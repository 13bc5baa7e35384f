// In: jobs, one at a time. Out: what became of each, computed in a thread of its own, which starts with the first job.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Job, type JobOutcome, runJob } from "./worker.ts";

// The bundle lies in dist, beside the program of the thread; the sources, when tests run them, two folders away from it.
const PLACES = [join(__dirname, "watch-worker.js"), join(__dirname, "..", "..", "dist", "watch-worker.js")];

export class Background {
  private thread: Worker | undefined;

  /** Never fails: a thread that dies is an outcome, and the next job has a new one. */
  async run(job: Job): Promise<JobOutcome> {
    const program = PLACES.find((path) => existsSync(path));
    if (program === undefined) return runJob(job);
    this.thread ??= new Worker(program);
    try {
      return await answerTo(job, this.thread);
    } catch (error) {
      this.thread = undefined;
      return { status: "failed", message: error instanceof Error ? error.message : String(error) };
    }
  }

  async end(): Promise<void> {
    await this.thread?.terminate();
    this.thread = undefined;
  }
}

function answerTo(job: Job, thread: Worker): Promise<JobOutcome> {
  return new Promise((done, fail) => {
    const ended = () => fail(new Error("the thread ended"));
    thread.once("error", fail);
    thread.once("exit", ended);
    thread.once("message", (outcome: JobOutcome) => {
      thread.off("error", fail);
      thread.off("exit", ended);
      done(outcome);
    });
    thread.postMessage(job);
  });
}
