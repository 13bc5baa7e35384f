// In: an observation. Out: which lines of which file its call read, or what the call replaced in which files. Told from the call
// and from what markers say; undefined wherever a call is not one of the few plain forms.
import { commandKind } from "./command-kind.ts";
import { parseCutText } from "./marker.ts";
import type { Block, Observation } from "./types.ts";

/** Lines of a file, counted from 1; half-open. */
export interface FileRead {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

export interface FileEdit {
  readonly file: string;
  /** `whole`: nothing of what stood there before is left. */
  readonly replaced: "whole" | readonly Replacement[];
}

/** Lines that stood together, and which of them went. */
export interface Replacement {
  readonly lines: readonly string[];
  readonly isGone: readonly boolean[];
}

type Arguments = Readonly<Record<string, unknown>>;

const PATH_ARGUMENTS = [
  "file_path",
  "filePath",
  "absolute_path",
  "notebook_path",
  "path",
  "filename",
] as const;

export function readOf(observation: Observation): FileRead | undefined {
  const { toolName, target, call } = observation;
  const given = argumentsOf(call);
  const isRead = given.command === "view" || commandKind(toolName, target) === "read";
  const start = isRead ? startOfRead(given, target) : undefined;
  return start === undefined ? undefined : { ...start, to: start.from + lineCount(observation) };
}

function startOfRead(
  given: Arguments,
  target: string | undefined,
): { file: string; from: number } | undefined {
  const file = pathIn(given);
  if (file !== undefined) {
    const [first] = Array.isArray(given.view_range) ? given.view_range : [];
    return { file, from: numberIn(first) ?? numberIn(given.offset) ?? numberIn(given.start_line) ?? 1 };
  }
  const command = shellRead(target ?? "");
  if (command === undefined) return undefined;
  const place = command.folder ?? textIn(given.workdir) ?? textIn(given.cwd) ?? "";
  return { file: absolute(command.file, place), from: command.from };
}

/** A command that prints one file, or lines of it, and nothing else. */
const PRINT_COMMANDS: readonly RegExp[] = [
  /^(?:cat|nl)(?: -\w+)* (?<file>[^\s|;&<>]+)(?: \| head(?: -n)? ?-?\d+)?$/,
  /^(?:sed|cat .*\| sed) -n ['"]?(?<from>\d+),\d+p['"]? (?<file>[^\s|;&<>]+)$/,
  /^(?:cat|nl)(?: -\w+)* (?<file>[^\s|;&<>]+) \| sed -n ['"]?(?<from>\d+),\d+p['"]?$/,
  /^head(?: -n)? ?-?\d+ (?<file>[^\s|;&<>]+)$/,
];

function shellRead(target: string): { file: string; from: number; folder: string | undefined } | undefined {
  const [, folder, command = ""] = /^(?:cd (\S+) && )?([\s\S]*)$/.exec(target.trim()) ?? [];
  for (const form of PRINT_COMMANDS) {
    const { file, from = "1" } = form.exec(command)?.groups ?? {};
    if (file !== undefined) return { file, from: Number(from), folder };
  }
  return undefined;
}

/** What a call changed. It says nothing of whether it ended well. */
export function editsOf({ toolName, target, call }: Observation): FileEdit[] {
  if (call?.text === undefined || commandKind(toolName, target) !== "edit") return [];
  const given = argumentsOf(call);
  const patch = patchIn(call.text, given);
  if (patch !== undefined) return patchEdits(patch);
  const file = pathIn(given);
  if (file === undefined || given.command === "view" || given.command === "insert") return [];
  const parts = Array.isArray(given.edits) ? (given.edits as Arguments[]) : [given];
  const replaced = parts.flatMap((part) => {
    const before = textIn(part.old_string) ?? textIn(part.old_str) ?? textIn(part.oldText);
    const after = textIn(part.new_string) ?? textIn(part.new_str) ?? textIn(part.newText) ?? "";
    return before === undefined || before === "" ? [] : [replacement(before.split("\n"), after.split("\n"))];
  });
  if (replaced.length > 0) return [{ file, replaced }];
  const isWrite = textIn(given.content) ?? textIn(given.file_text);
  return isWrite === undefined ? [] : [{ file, replaced: "whole" }];
}

/** Lines at both ends that the new text has too are still true. */
function replacement(before: readonly string[], after: readonly string[]): Replacement {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const rest = Math.min(before.length, after.length) - head;
  while (tail < rest && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { lines: before, isGone: before.map((_, i) => i >= head && i < before.length - tail) };
}

function patchIn(text: string, given: Arguments): string | undefined {
  const candidates = [given.input, given.patch, given.command, given.cmd].flatMap((value) =>
    Array.isArray(value) ? value : [value],
  );
  return [...candidates, text].find(
    (value): value is string => typeof value === "string" && value.includes("*** Begin Patch\n"),
  );
}

/** Hunks of the patch form of Codex. */
function patchEdits(patch: string): FileEdit[] {
  const edits: { file: string; replaced: Replacement[] }[] = [];
  let lines: string[] = [];
  let isGone: boolean[] = [];
  const closeHunk = () => {
    if (isGone.includes(true)) edits.at(-1)?.replaced.push({ lines, isGone });
    lines = [];
    isGone = [];
  };
  for (const line of patch.split("\n")) {
    const file = /^\*\*\* (?:Update|Add|Delete) File: (.+)$/.exec(line)?.[1];
    if (file !== undefined || line.startsWith("@@") || line.startsWith("***")) closeHunk();
    if (file !== undefined) edits.push({ file: file.trim(), replaced: [] });
    else if (line.startsWith("-") || line.startsWith(" ")) {
      lines.push(line.slice(1));
      isGone.push(line.startsWith("-"));
    }
  }
  closeHunk();
  return edits;
}

/** A call is asked about by several stages and the report. */
const known = new WeakMap<Block, Arguments>();

/** The arguments of a call whose text is its name and a JSON object; none for any other. */
export function argumentsOf(call: Block | undefined): Arguments {
  if (call === undefined) return {};
  const given = known.get(call) ?? parseArguments(call.text ?? "");
  known.set(call, given);
  return given;
}

function parseArguments(text: string): Arguments {
  const brace = text.indexOf(" {");
  if (brace === -1) return {};
  try {
    return JSON.parse(text.slice(brace + 1)) as Arguments;
  } catch {
    return {};
  }
}

/** Lines of the result before any cut, so that it is the same after one. */
function lineCount({ blocks }: Observation): number {
  return blocks.reduce((sum, { text = "", settled }) => {
    const cut = settled ? parseCutText(text) : undefined;
    return sum + (cut?.originalLines ?? text.split("\n").length);
  }, 0);
}

function pathIn(given: Arguments): string | undefined {
  for (const name of PATH_ARGUMENTS) {
    const path = textIn(given[name]);
    if (path !== undefined && path !== "") return path;
  }
  return undefined;
}

function absolute(file: string, folder: string): string {
  const plain = file.replace(/^\.\//, "");
  return plain.startsWith("/") || folder === "" ? plain : `${folder.replace(/\/$/, "")}/${plain}`;
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function numberIn(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
