// A thread that compacts one transcript after the other while the watcher goes on counting. In: jobs. Out: what became of each.
import { parentPort } from "node:worker_threads";
import { Store } from "../artifacts/store.ts";
import { resolve } from "../config/resolve.ts";
import type { Settings } from "../config/settings.ts";
import { compactLive, type LiveOutcome } from "./compact-live.ts";
import { publishAt } from "./publish.ts";

/** Plain data: it crosses threads. */
export interface Job {
  readonly path: string;
  /** Undefined: in place. */
  readonly output: string | undefined;
  readonly settings: Settings;
  readonly store: string;
  readonly minimumSavings: number;
}

export type JobOutcome = LiveOutcome | { readonly status: "failed"; readonly message: string };

/** Whatever happens is an outcome: one bad transcript does not end the watch. */
export async function runJob({ path, output, settings, store, minimumSavings }: Job): Promise<JobOutcome> {
  try {
    const publish = output === undefined ? {} : { publish: publishAt(output) };
    return await compactLive(path, resolve(settings), new Store(store), { minimumSavings, ...publish });
  } catch (error) {
    return { status: "failed", message: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on("message", async (job: Job) => parentPort?.postMessage(await runJob(job)));
