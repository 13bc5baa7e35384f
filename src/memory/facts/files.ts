// In: the calls of sessions, in order. Out: the artifact trail: every file that a call names, with what was done to it and the last
// state that is known. Complete by construction: no call is left out, whatever became of it.

import type { AgentCall } from "../calls.ts";
import { touchedFiles } from "../file-calls.ts";
import type { FileAct } from "../shell/programs.ts";
import type { FileFact, FileOperation, FileState } from "./fact-set.ts";

interface OpenFile {
  readonly path: string;
  state: FileState;
  movedTo?: string;
  movedFrom?: string;
  readonly operations: FileOperation[];
}

const DONE: Readonly<Record<FileAct, FileState>> = {
  read: "read",
  write: "created",
  edit: "edited",
  move: "moved",
  delete: "deleted",
};

export function artifactTrail(calls: readonly AgentCall[]): FileFact[] {
  const files = new Map<string, OpenFile>();
  const open = (path: string) => {
    const file = files.get(path) ?? { path, state: "tried" as FileState, operations: [] };
    files.set(path, file);
    return file;
  };
  for (const call of calls) {
    for (const { act, path, to } of touchedFiles(call)) {
      const file = open(path);
      const did = failed(call) ? "tried" : didTo(file, act);
      record(file, did, call);
      if (did === "deleted" || did === "moved") takeAlong(files, file, did, to, call);
      if (did === "moved" && to !== undefined) {
        file.movedTo = to;
        const target = open(to);
        record(target, "created", call);
        target.movedFrom = path;
        delete target.movedTo;
      } else if (did !== "tried" && did !== "read") delete file.movedTo;
    }
  }
  return [...files.values()];
}

/** Of several commands in one text some ran, whatever the end of the last. */
function failed({ ending, outcome, command }: AgentCall): boolean {
  if (command === undefined) return ending === "badly";
  return ending === "badly" && outcome !== "ok" && !/[;&|\n]/.test(command);
}

/** To write a file that is there is to edit it; to look at one that was edited leaves it edited. */
function didTo({ state }: OpenFile, act: FileAct): FileState {
  const isThere = state === "read" || state === "created" || state === "edited";
  return act === "write" && isThere ? "edited" : DONE[act];
}

function record(file: OpenFile, did: FileState, { toolName, source }: AgentCall): void {
  file.operations.push({ did, tool: toolName, source });
  if (did === "tried") return;
  const isChanged = file.state === "created" || file.state === "edited";
  if (did === "read" && isChanged) return;
  file.state = did === "edited" && file.state === "created" ? "created" : did;
}

/** What lies in a directory goes with it. */
function takeAlong(
  files: ReadonlyMap<string, OpenFile>,
  folder: OpenFile,
  did: "deleted" | "moved",
  to: string | undefined,
  call: AgentCall,
): void {
  const prefix = `${folder.path}/`;
  for (const file of files.values()) {
    if (!file.path.startsWith(prefix) || file.state === "deleted") continue;
    record(file, did, call);
    if (did === "moved" && to !== undefined) file.movedTo = to + file.path.slice(folder.path.length);
  }
}
