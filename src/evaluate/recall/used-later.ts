// In: what an agent wrote. Out: the texts that it copied whole: what its edits look for, and the places that it names as path and
// line.
import { agentStrings } from "../../scoring/agent-strings.ts";
import type { Block } from "../../transcript/types.ts";
import { bareText, MIN_LINE } from "./plain-lines.ts";

/** Arguments that hold a text which an edit replaces. */
const REPLACED = /^(?:old_?str(?:ing)?|old_?text|search|target_?content)$/i;
const SEARCH_BLOCK = /^<{5,} ?SEARCH\n([\s\S]*?)\n={5,}/gm;
const HUNK_LINES = /^(?:[ -][^\n]*\n?)+/gm;

/** What the edits of a call look for, lines bare. */
export function editAnchors(block: Block): string[] {
  if (block.kind !== "call" || block.text === undefined) return [];
  const replaced: string[] = [];
  const input = block.text.slice(block.text.indexOf(" ") + 1);
  if (input.startsWith("{")) collectReplaced(parse(input), replaced);
  for (const text of agentStrings(block)) {
    for (const match of text.matchAll(SEARCH_BLOCK)) replaced.push(match[1]!);
    if (text.includes("*** Update File: ")) replaced.push(...hunks(text));
  }
  return [...new Set(replaced.map((text) => bareText(text).trim()))].filter(
    ({ length }) => length >= MIN_LINE,
  );
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function collectReplaced(value: unknown, found: string[]): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === "string" && REPLACED.test(name)) found.push(member);
    else collectReplaced(member, found);
  }
}

/** Of each hunk of a patch the lines that must be there: context and what goes. */
function hunks(patch: string): string[] {
  return patch.split(/^@@.*$|^\*\*\* .*$/m).flatMap((hunk) => {
    const there = hunk
      .split("\n")
      .filter((line) => /^[ -]/.test(line))
      .map((line) => line.slice(1));
    return hunk.match(HUNK_LINES) === null ? [] : [there.join("\n")];
  });
}

/** A place in a file. */
export interface Location {
  readonly path: string;
  readonly line: string;
}

const PATH_AND_LINE = /([\w./@~+-]*\w\.\w{1,6}):(\d{1,6})\b/g;
const SED_LINES = /\bsed\s+-n\s+['"]?(\d+),\d+p['"]?\s+(\S+)/g;

export function locations(text: string): Location[] {
  const named = [...text.matchAll(PATH_AND_LINE)].map(([, path = "", line = ""]) => ({ path, line }));
  const read = [...text.matchAll(SED_LINES)].map(([, line = "", path = ""]) => ({ path, line }));
  return [...named, ...read];
}

const PATH_ARGUMENT = /^(?:file_?path|path|absolute_path|filename)$/i;
const LINE_ARGUMENT = /^(?:offset|start_?line|line|view_range)$/i;

/** Of a call that reads from a line on. */
export function calledLocations(block: Block): Location[] {
  if (block.kind !== "call" || block.text === undefined) return [];
  const input = parse(block.text.slice(block.text.indexOf(" ") + 1));
  if (typeof input !== "object" || input === null) return [];
  const members = Object.entries(input);
  const path = members.find(([name, value]) => PATH_ARGUMENT.test(name) && typeof value === "string")?.[1];
  const line = members.find(([name]) => LINE_ARGUMENT.test(name))?.[1];
  const first: unknown = Array.isArray(line) ? line[0] : line;
  return typeof path === "string" && typeof first === "number" && first > 1
    ? [{ path, line: String(first) }]
    : [];
}
