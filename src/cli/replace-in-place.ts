// In: a compaction and the file that it is of. Out: the file replaced, with what a session appended meanwhile; or an error that says
// why not, and where the result waits.
import type { Store } from "../artifacts/store.ts";
import type { Compacted } from "../compact.ts";
import { LockedError } from "../watch/lock.ts";
import { leaveReady } from "../watch/ready.ts";
import { swap } from "../watch/swap.ts";
import { CliError, describeError } from "./messages.ts";

/**
 * @param store where the result waits while somebody writes to the file; undefined for nowhere
 * @throws CliError when it is not replaced
 */
export function replaceInPlace(path: string, { undo, chunks }: Compacted, store: Store | undefined): void {
  const replacement = { path, beginning: undo.input, chunks };
  const outcome = swapOrTell(replacement);
  if (outcome.status === "changed") {
    throw new CliError("changed while it was compacted, expected it to grow only; nothing was replaced", {
      hint: "run compact again",
    });
  }
  if (outcome.status === "held") {
    if (store !== undefined) leaveReady(store, replacement);
    const next =
      store === undefined ? "run compact again then" : "`compact watch --once` puts it in place then";
    throw new CliError(
      `open for writing in process ${outcome.writers.join(", ")}, expected nobody; nothing was replaced`,
      { hint: `wait until it is closed; ${next}` },
    );
  }
}

function swapOrTell(replacement: Parameters<typeof swap>[0]): ReturnType<typeof swap> {
  try {
    return swap(replacement);
  } catch (cause) {
    if (cause instanceof LockedError) throw new CliError(`${cause.message}; nothing was replaced`, { cause });
    throw new CliError(`${replacement.path} cannot be written: ${describeError(cause).message}`, { cause });
  }
}
