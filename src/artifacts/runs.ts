// In: a store. Out: what its runs say about artifacts: which tool brought a text, on what, how it ended, in which session. What
// cannot be read is left out: a run is a convenience, the artifact itself is what counts.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One artifact as one run lists it. */
export interface StoredRunEntry {
  readonly artifact: string;
  readonly tool: string;
  readonly target: string;
  readonly outcome: string;
  /** SHA-256 of the transcript before the run. */
  readonly session: string;
}

export function readRuns(directory: string): StoredRunEntry[] {
  const folder = join(directory, "runs");
  return names(folder).flatMap((name) => readRun(join(folder, name)));
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".jsonl"))
      .sort();
  } catch {
    return [];
  }
}

function readRun(path: string): StoredRunEntry[] {
  try {
    const [header, ...entries] = readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
    const session = String(header.input.sha256);
    return entries.map(({ artifact, tool, target, outcome }) => ({
      artifact: String(artifact),
      tool: String(tool ?? "unknown"),
      target: String(target ?? ""),
      outcome: String(outcome ?? "ran"),
      session,
    }));
  } catch {
    return [];
  }
}
