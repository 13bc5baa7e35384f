// In: files and directories. Out: the transcripts in them: files that are named, and `*.jsonl` below directories, links left out.
import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { isBeside } from "./beside.ts";

/** Directories that hold no sessions of their own. */
const SKIPPED: ReadonlySet<string> = new Set(["node_modules", ".git", ".compact"]);

/** Absolute paths, links resolved; what is not there now may come later. */
export function findSessions(places: readonly string[]): string[] {
  return [...new Set(places.flatMap(sessionsAt))];
}

function sessionsAt(place: string): string[] {
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  return stats.isDirectory() ? below(place) : [realpathSync(place)];
}

function below(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : below(path);
      return entry.isFile() && entry.name.endsWith(".jsonl") && !isBeside(entry.name) ? [path] : [];
    });
  } catch {
    return []; // removed meanwhile, or not ours to see
  }
}
