// In: nothing. Out: what the program and its worker threads say to each other. Plain data: it is copied on the way.
import type { Settings } from "../config/settings.ts";
import type { Session } from "../report/session-data.ts";
import type { CompactFlags } from "./compact-flags.ts";
import type { OutputOptions } from "./destinations.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { Input } from "./inputs.ts";

/** The bundle that a worker thread runs. */
export const WORKER_FILE = "worker.js";

/** What all files of a run share. */
export interface RunSetup {
  readonly cwd: string;
  readonly flags: CompactFlags;
  readonly settings: Settings;
  /** The directory of the store. */
  readonly store: string;
  readonly options: OutputOptions;
  /** Whether there are more files than one, so that messages name them. */
  readonly hasSeveral: boolean;
  /** Whether the report shows the transcript itself. */
  readonly wantsSession: boolean;
}

export interface FileTask {
  readonly input: Input;
  readonly target: Target;
  /** How much there is to do. */
  readonly bytes: number;
}

/** Where the result goes, as far as it depends on the other files of the run. */
export type Target =
  | { readonly type: "nowhere" }
  /** @param path undefined for stdout and for `--in-place` */
  | { readonly type: "somewhere"; readonly path: string | undefined }
  | { readonly type: "refused"; readonly message: string; readonly hint: string | undefined };

export interface FileResult {
  /** The report of the file as JSON: written and read more often than looked into. Undefined after Ctrl-C. */
  readonly row: string | undefined;
  readonly code: ExitCode;
  /** Where it was wanted, which is of one file only. */
  readonly session?: Session | undefined;
}

/** What a thread begins with. */
export interface WorkerStart {
  readonly setup: RunSetup;
  /** Of its `WorkerState`. */
  readonly memory: Int32Array;
}

/** Files to be done one after the other. */
export type ToWorker = readonly { readonly id: number; readonly task: FileTask }[];

/** What became of some of them. */
export type FromWorker = readonly ThreadResult[];

export interface ThreadResult extends FileResult {
  readonly id: number;
  /** What it would have written to stderr. */
  readonly told: string;
}
