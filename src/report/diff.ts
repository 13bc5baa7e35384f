// In: a transcript and its compacted self. Out: what went, in the unified style, piece by piece. Line numbers are those of a
// block's text, so that `compact get REF:LINES` takes them.

import { printable } from "../escape/printable.ts";
import { parseCutText } from "../transcript/marker.ts";
import type { Block, Observation, Transcript } from "../transcript/types.ts";
import type { Paint } from "./index.ts";

/** Lines that stay, around those that go. */
const CONTEXT = 3;

interface Edit {
  readonly type: "kept" | "removed" | "added";
  readonly text: string;
}

/**
 * What was appended behind the end of the first is no difference.
 *
 * @throws Error when the two are no pair, before anything is told
 */
export function diffTranscripts(before: Transcript, after: Transcript, paint: Paint): Iterable<string> {
  const pairs = pairsOf(before, after);
  const owners = new Map(
    before.observations.flatMap((observation) => observation.blocks.map((block) => [block, observation])),
  );
  const left = copyBytes(after);
  return (function* () {
    for (const [line, bytes] of copyBytes(before)) {
      const now = left.get(line) ?? 0;
      if (now < bytes)
        yield `${paint.strong(`@@ line ${line}`)} ${paint.faint("copies that the model never sees")}\n${paint.removed(`-${bytes - now} bytes`)}\n`;
    }
    for (const [block, other] of pairs) {
      if (block.text !== undefined && other.text !== undefined && block.text !== other.text)
        yield* hunks(editsOf(block.text, other.text), headOf(block, owners.get(block)), paint);
    }
  })();
}

/** Copies are no blocks of their own once they are cut. */
function pairsOf(before: Transcript, after: Transcript): [before: Block, after: Block][] {
  const seen = ({ blocks }: Transcript) => blocks.filter(({ kind }) => kind !== "sidecar");
  const others = seen(after);
  return seen(before).map((block, i) => {
    const other = others[i];
    if (other?.kind !== block.kind || other.entry.index !== block.entry.index) throw notAPair(before, after);
    return [block, other];
  });
}

/** By the number of the line. */
function copyBytes({ blocks }: Transcript): Map<number, number> {
  const bytes = new Map<number, number>();
  for (const { kind, entry, bytes: own } of blocks) {
    if (kind === "sidecar") bytes.set(entry.line.number, (bytes.get(entry.line.number) ?? 0) + own);
  }
  return bytes;
}

function notAPair(before: Transcript, after: Transcript): Error {
  return new Error(
    `${before.blocks.length} and ${after.blocks.length} blocks that do not match, expected a transcript and its compacted self`,
  );
}

function headOf(block: Block, observation: Observation | undefined): string {
  const call = observation === undefined ? block.kind : `${observation.toolName} ${observation.target ?? ""}`;
  return `line ${block.entry.line.number}, ${printable(call.replace(/\s+/g, " ").trim()).slice(0, 100)}`;
}

/** By the markers of the new text, where it has ours; else all of the one for all of the other. */
function editsOf(before: string, after: string): Edit[] {
  const lines = before.split("\n");
  const shown = after.split("\n");
  const cut = parseCutText(after);
  const replaced: Edit[] = [
    ...lines.map((text): Edit => ({ type: "removed", text })),
    ...shown.map((text): Edit => ({ type: "added", text })),
  ];
  if (cut === undefined || cut.parts.length === 0) return replaced;
  const edits: Edit[] = [{ type: "added", text: shown[0] ?? "" }];
  let line = 0;
  for (const [i, part] of cut.parts.entries()) {
    const text = shown[i + 1] ?? "";
    const end = line + (part.type === "gap" ? part.lines : 1);
    const own = lines.slice(line, end);
    if (part.type === "line" && own[0] === text) edits.push({ type: "kept", text });
    else {
      if (part.type === "line" && !part.hasGap) return replaced;
      edits.push(...own.map((gone): Edit => ({ type: "removed", text: gone })), { type: "added", text });
    }
    line = end;
  }
  return line === lines.length ? edits : replaced;
}

function* hunks(edits: readonly Edit[], head: string, paint: Paint): Generator<string> {
  const changed = edits.flatMap(({ type }, i) => (type === "kept" ? [] : [i]));
  let from = 0;
  let oldLine = 1;
  let newLine = 1;
  for (let i = 0; i < changed.length; ) {
    let last = i;
    while (last + 1 < changed.length && changed[last + 1]! - changed[last]! <= 2 * CONTEXT + 1) last++;
    const start = Math.max(from, changed[i]! - CONTEXT);
    const end = Math.min(edits.length, changed[last]! + CONTEXT + 1);
    for (const { type } of edits.slice(from, start)) {
      if (type !== "added") oldLine++;
      if (type !== "removed") newLine++;
    }
    const hunk = edits.slice(start, end);
    const oldLines = hunk.filter(({ type }) => type !== "added").length;
    const newLines = hunk.filter(({ type }) => type !== "removed").length;
    yield `${paint.strong(`@@ -${span(oldLine, oldLines)} +${span(newLine, newLines)} @@`)} ${paint.faint(head)}\n`;
    yield hunk.map((edit) => `${shown(edit, paint)}\n`).join("");
    oldLine += oldLines;
    newLine += newLines;
    from = end;
    i = last + 1;
  }
}

function span(line: number, lines: number): string {
  return lines === 1 ? String(line) : `${line},${lines}`;
}

function shown({ type, text }: Edit, paint: Paint): string {
  const safe = printable(text.replaceAll("\t", "    "));
  if (type === "kept") return ` ${safe}`;
  return type === "removed" ? paint.removed(`-${safe}`) : paint.added(`+${safe}`);
}
