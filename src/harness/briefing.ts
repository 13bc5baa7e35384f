// In: what a session established, as text. Out: the same, when the harness has summarised the session and the agent goes on: word for
// word beside a summary that is not. Written in the background before, read at once after.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFilesAtomically } from "../artifacts/atomic-write.ts";
import type { Store } from "../artifacts/store.ts";

/** In tokens. */
export const BRIEFING_LENGTH = 800;

export const HARNESS_FOLDER = "harness";

export function writeBriefing(store: Store, transcript: string, text: string): void {
  mkdirSync(join(store.directory, HARNESS_FOLDER), { recursive: true, mode: 0o700 });
  writeFilesAtomically([{ path: pathOf(store, transcript), chunks: [Buffer.from(text)], mode: 0o600 }]);
}

/** Empty where there is none. Given out once: it is about the summary that was just made. */
export function takeBriefing(store: Store, transcript: string): string {
  const path = pathOf(store, transcript);
  try {
    const text = readFileSync(path, "utf8");
    rmSync(path, { force: true });
    return text;
  } catch {
    return "";
  }
}

/** Named by a hash: paths of users do not reach the store. */
function pathOf(store: Store, transcript: string): string {
  return join(store.directory, HARNESS_FOLDER, `${createHash("sha256").update(transcript).digest("hex")}.md`);
}
