// In: what became of a hook. Out: a line in the store, for the user who asks why nothing happens. Never fails: a store that cannot be
// written is no reason to disturb an agent.
import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Store } from "../artifacts/store.ts";
import { HARNESS_FOLDER } from "./briefing.ts";

/** The log becomes `log.old.jsonl` then, and a new one begins. In bytes. */
const LONGEST = 1 << 18;

export function logPath(store: Store): string {
  return join(store.directory, HARNESS_FOLDER, "log.jsonl");
}

export function logHook(store: Store, entry: Readonly<Record<string, unknown>>): void {
  const path = logPath(store);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LONGEST) {
      renameSync(path, path.replace(/\.jsonl$/, ".old.jsonl"));
    }
    appendFileSync(path, `${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`, {
      mode: 0o600,
    });
  } catch {
    // no space, no right, no folder
  }
}
