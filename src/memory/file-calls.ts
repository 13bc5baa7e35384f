// In: a call. Out: the files that it touches, whatever the harness: editors by the verb in their name and the arguments that hold
// paths, patches by their headers, shells by their commands.

import { type AgentCall, asRecord } from "./calls.ts";
import { parsePatch } from "./patch.ts";
import { join, looksLikeFile, type TouchedFile, touchedByShell } from "./shell/file-acts.ts";
import type { FileAct } from "./shell/programs.ts";

/** What the name of a tool says that it does, in the order in which they are asked: `str_replace_editor`, `NotebookEdit`. */
const VERBS: readonly (readonly [verb: RegExp, act: FileAct | "search"])[] = [
  [/delete|remove/i, "delete"],
  [/move|rename/i, "move"],
  [/edit|replace|insert|update|patch|apply|undo/i, "edit"],
  [/write|create|save/i, "write"],
  [/grep|search|find|glob|list|^ls$/i, "search"],
  [/read|view|open|cat|show|fetch_?file|image/i, "read"],
];

/** Editors that name what they do in an argument. */
const ACTIONS: Readonly<Record<string, FileAct>> = {
  view: "read",
  create: "write",
  str_replace: "edit",
  insert: "edit",
  undo_edit: "edit",
  write: "write",
  edit: "edit",
  delete: "delete",
};

/** Arguments that hold the path of a file, by harness: Claude Code, Gemini CLI, opencode, Cursor, Cline, pi, OpenHands. */
const PATH_ARGUMENTS: readonly string[] = [
  "file_path",
  "filePath",
  "notebook_path",
  "absolute_path",
  "target_file",
  "path",
  "file",
  "filename",
  "paths",
  "files",
  "source",
  "old_path",
  "from",
];
const DESTINATION_ARGUMENTS: readonly string[] = ["destination", "new_path", "to", "target"];
/** A tool that names its file in one of these works on a file for sure, whatever its own name. */
const SURE_ARGUMENTS: readonly string[] = [
  "file_path",
  "filePath",
  "notebook_path",
  "absolute_path",
  "target_file",
];

export function touchedFiles(call: AgentCall): TouchedFile[] {
  const { command, input, directory, toolName } = call;
  if (command !== undefined) return touchedByShell(command, directory);
  const patch = patchOf(input, toolName);
  if (patch !== undefined) {
    return parsePatch(patch).map(({ path, to, ...rest }) => ({
      ...rest,
      path: join(directory, path),
      ...(to === undefined ? {} : { to: join(directory, to) }),
    }));
  }
  const named = asRecord(input);
  const act = named === undefined ? undefined : actOf(toolName, named);
  if (named === undefined || act === undefined) return [];
  const paths = PATH_ARGUMENTS.flatMap((name) => strings(named[name]));
  const to = DESTINATION_ARGUMENTS.flatMap((name) => strings(named[name]))[0];
  const isSure = SURE_ARGUMENTS.some((name) => named[name] !== undefined);
  return [...new Set(paths)].flatMap((path): TouchedFile[] => {
    if (act === "search") return looksLikeFile(path) ? [{ act: "read", path: join(directory, path) }] : [];
    if (!isSure && /^\w+:\/\//.test(path)) return [];
    const file = { act, path: join(directory, path) };
    return act === "move" && to !== undefined ? [{ ...file, to: join(directory, to) }] : [file];
  });
}

function patchOf(input: unknown, toolName: string): string | undefined {
  if (!/patch/i.test(toolName)) return undefined;
  const named = asRecord(input);
  const texts = named === undefined ? [input] : [named.patch, named.input, named.patch_text, named.patchText];
  return texts.find((text): text is string => typeof text === "string" && text.includes("*** Begin Patch"));
}

function actOf(toolName: string, named: Readonly<Record<string, unknown>>): FileAct | "search" | undefined {
  const action = named.command ?? named.action;
  if (typeof action === "string" && Object.hasOwn(ACTIONS, action)) return ACTIONS[action];
  const verb = VERBS.find(([shape]) => shape.test(toolName))?.[1];
  if (verb !== undefined) return verb;
  return SURE_ARGUMENTS.some((name) => named[name] !== undefined) ? "read" : undefined;
}

function strings(value: unknown): string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (!Array.isArray(value)) return [];
  return value.flatMap((element) => {
    const path = asRecord(element)?.path ?? element;
    return typeof path === "string" && path !== "" ? [path] : [];
  });
}
