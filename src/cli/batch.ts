// In: the files of a run. Out: the report of each, and the exit code of all. Small batches are done here, large ones by worker
// threads; the bytes are the same. One bad file does not stop the others.
import { existsSync, realpathSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { Session } from "../report/session-data.ts";
import { batchOf } from "./batch-setup.ts";
import type { Destinations } from "./destinations.ts";
import { ExitCode, worst } from "./exit-codes.ts";
import type { Input } from "./inputs.ts";
import type { Io } from "./io.ts";
import { CliError, describeError, tellText } from "./messages.ts";
import { progressOn } from "./progress.ts";
import { type Rows, stampOf } from "./rows.ts";
import { workOn } from "./work.ts";
import { FILES_AT_A_THREAD, WorkerPool } from "./worker-pool.ts";
import type { FileResult, FileTask, RunSetup, Target } from "./worker-tasks.ts";

/** Below this, a thread takes longer to start than the work takes. Above it even one is worth it: Ctrl-C is heard. In bytes. */
const WORTH_THREADS = 4_000_000;

/** @param jobs how many threads; undefined for as many as pay */
export async function runBatch(
  inputs: readonly Input[],
  destinations: Destinations,
  setup: RunSetup,
  rows: Rows,
  jobs: number | undefined,
  io: Io,
): Promise<{ readonly code: ExitCode; readonly session: Session | undefined }> {
  if (setup.flags.inPlace === true) await finishReplacing(inputs);
  const todo = inputs.filter((input) => !rows.isDone(input));
  const sizes = new Map(todo.map((input) => [input, stampOf(input)?.size ?? 0]));
  const bytes = todo.reduce((sum, input) => sum + (sizes.get(input) ?? 0), 0);
  const width = jobs ?? availableParallelism();
  const usesThreads = todo.length > 1 && (bytes >= WORTH_THREADS || (jobs ?? 1) > 1);
  const extent = { files: todo.length, bytes };
  const progress = await progressOn(io, extent, inputs.length > 1 && setup.flags.quiet !== true);
  const runner = usesThreads ? inThreads(setup, Math.min(width, todo.length), io) : here(setup, io);
  let code: ExitCode = ExitCode.done;
  let session: Session | undefined;
  try {
    await inParallel(todo, usesThreads ? width * FILES_AT_A_THREAD : 1, io.interrupted, async (input) => {
      const size = sizes.get(input) ?? 0;
      const result = await runner.run({ input, target: target(input, destinations, setup), bytes: size });
      if (result.row !== undefined) rows.add(input, result.row);
      code = worst([code, result.code]);
      session = result.session;
      progress.done(size);
    });
  } finally {
    progress.stop();
    await runner.close();
  }
  return { code: io.interrupted.aborted ? ExitCode.interrupted : code, session };
}

/** A run that was killed in the moment of replacing may have left last lines beside a file. */
async function finishReplacing(inputs: readonly Input[]): Promise<void> {
  const swap = await import("../watch/swap.ts");
  const paths = inputs.flatMap(({ path }) =>
    path !== undefined && existsSync(path) ? [realpathSync(path)] : [],
  );
  swap.finishReplacing(paths);
}

/** @throws CliError when `--jobs` is no number of threads */
export function parseJobs(jobs: string | undefined): number | undefined {
  if (jobs === undefined) return undefined;
  if (/^[1-9]\d{0,2}$/.test(jobs)) return Number(jobs);
  throw new CliError(`--jobs ${jobs}, expected a number of threads from 1 to 999`);
}

interface Runner {
  run(task: FileTask): Promise<FileResult>;
  close(): Promise<void>;
}

function here(setup: RunSetup, io: Io): Runner {
  const batch = batchOf(setup, io);
  return {
    run: (task) => workOn(task.input, batch(task)),
    close: async () => {},
  };
}

/** Stdin is of this thread alone, and so are pipes: a thread that waits for one could not be ended. */
function inThreads(setup: RunSetup, width: number, io: Io): Runner {
  const pool = new WorkerPool(setup, width);
  const ours = here(setup, io);
  const interrupt = () => pool.interrupt();
  io.interrupted.addEventListener("abort", interrupt, { once: true });
  return {
    run: async (task) => {
      if (!isRegular(task.input)) return ours.run(task);
      const { told, ...result } = await pool.run(task);
      await tellText(io, told);
      return result;
    },
    close: async () => {
      io.interrupted.removeEventListener("abort", interrupt);
      await pool.close();
    },
  };
}

/** What is not there is like a file: reading it will say so. */
function isRegular({ path }: Input): boolean {
  return path !== undefined && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? true);
}

/** Runs the next when one has ended, and begins no more after an interruption. */
async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  interrupted: AbortSignal,
  run: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const lane = async () => {
    for (const item of rest) {
      if (interrupted.aborted) return;
      await run(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
}

/** A file that may not be written is that file's error, and told where its other errors are. */
function target(input: Input, destinations: Destinations, { flags }: RunSetup): Target {
  if (flags.dryRun) return { type: "nowhere" };
  try {
    return { type: "somewhere", path: destinations.targetOf(input) };
  } catch (error) {
    const { message, hint } = describeError(error);
    return { type: "refused", message, hint };
  }
}
