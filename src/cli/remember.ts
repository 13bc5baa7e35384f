// In: names of transcripts. Out: their sessions. What they establish is kept in the store on the way, where there is one, so that
// search finds it; a store that cannot be written is told of and stops nothing.
import { existsSync } from "node:fs";
import { Store } from "../artifacts/store.ts";
import { collectFacts } from "../memory/facts/index.ts";
import { collectPads } from "../memory/pads/index.ts";
import { readSessions, type Session } from "../memory/session.ts";
import { keep, storedName } from "../memory/stored.ts";
import { ExitCode } from "./exit-codes.ts";
import { findFiles } from "./find-files.ts";
import type { Io } from "./io.ts";
import { describeError, tell } from "./messages.ts";
import { readRestored } from "./read-restored.ts";

export interface Remembered {
  readonly sessions: readonly Session[];
  readonly store: Store;
  readonly code: ExitCode;
}

/**
 * All sessions of all files; a file of no known format is told of and left out.
 *
 * @param flags `create` makes a store where there is none
 */
export async function remember(
  names: readonly string[],
  flags: { readonly artifacts?: string; readonly quiet?: boolean; readonly create?: boolean },
  io: Io,
): Promise<Remembered> {
  const store = Store.find(flags.artifacts, io.cwd);
  const sessions: Session[] = [];
  let code: ExitCode = ExitCode.done;
  for (const input of await findFiles(names, io.cwd)) {
    if (io.interrupted.aborted) break;
    const bytes = await readRestored(input, store, io);
    const found = readSessions(input.name, bytes);
    sessions.push(...found);
    if (found.length === 0 && bytes.length > 0) {
      await tell(io, `${input.name}: no known transcript format, left out`, "see --list-formats");
      code = ExitCode.condition;
    } else if (input.path !== undefined && (flags.create || existsSync(store.directory))) {
      const name = storedName(store, input.path);
      try {
        const kept = name === input.name ? found : readSessions(name, bytes);
        keep(store, "facts", name, collectFacts(kept));
        keep(store, "pads", name, collectPads(kept));
      } catch (error) {
        if (flags.quiet !== true) await tell(io, `${store.directory}: ${describeError(error).message}`);
      }
    }
  }
  return { sessions, store, code };
}
