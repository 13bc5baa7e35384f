// In: a patch in the form of `apply_patch`. Out: the files it adds, updates, moves and deletes.
import type { FileAct } from "./shell/programs.ts";

const HEADER = /^\*\*\* (Add|Update|Delete) File: (.+)$|^\*\*\* Move to: (.+)$/gm;

const ACTS: Readonly<Record<string, FileAct>> = { Add: "write", Update: "edit", Delete: "delete" };

export function parsePatch(patch: string): { act: FileAct; path: string; to?: string }[] {
  const files: { act: FileAct; path: string; to?: string }[] = [];
  for (const [, verb = "", path = "", to] of patch.matchAll(HEADER)) {
    const last = files.at(-1);
    if (to === undefined) files.push({ act: ACTS[verb] ?? "edit", path: path.trim() });
    else if (last !== undefined) files.push({ act: "move", path: last.path, to: to.trim() });
  }
  return files;
}
