// In: what a run was told, as plain data, and the streams of the thread that runs. Out: all that the work on one file needs.
import { Store } from "../artifacts/store.ts";
import { resolve } from "../config/resolve.ts";
import type { Batch } from "./compact-file.ts";
import { destinationAt } from "./destinations.ts";
import type { Io } from "./io.ts";
import { CliError } from "./messages.ts";
import type { FileTask, RunSetup } from "./worker-tasks.ts";

/** @param mayWrite asked once a file, before the first byte is written */
export function batchOf(
  { flags, settings, store, options, hasSeveral, wantsSession }: RunSetup,
  io: Io,
  mayWrite: () => boolean = () => true,
): (task: FileTask) => Batch {
  const shared = {
    io,
    flags,
    config: resolve(settings),
    store: new Store(store),
    options,
    hasSeveral,
    wantsSession,
    mayWrite,
  };
  return ({ target }) => ({
    ...shared,
    destinationOf: (input) => {
      if (target.type === "nowhere") return undefined;
      if (target.type === "somewhere") return destinationAt(target.path, input, options);
      throw new CliError(target.message, { hint: target.hint });
    },
  });
}
