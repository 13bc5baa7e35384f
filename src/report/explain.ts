// In: the decisions of a run. Out: one line each: where, which tool, how much, by which stage and why; or why it was refused.
import type { Decision } from "../engine/choose.ts";
import { printable } from "../escape/printable.ts";
import type { Transcript } from "../transcript/types.ts";

/** The longest command or path that is printed, in characters. */
const MAX_TARGET = 60;

/**
 * Deletions in file order, in the order of the decisions where they meet.
 *
 * @param file where there are several
 */
export function explain(transcript: Transcript, decisions: readonly Decision[], file?: string): string {
  const calls = new Map(
    transcript.observations.flatMap((observation) => observation.blocks.map((block) => [block, observation])),
  );
  const inFileOrder = [...decisions].sort(({ deletion: { block: a } }, { deletion: { block: b } }) => {
    return a.entry.line.number - b.entry.line.number || a.id - b.id;
  });
  const lines = inFileOrder.map(({ deletion, refusal, tokens, lines: removed }) => {
    const { block, stage, reason } = deletion;
    const call = calls.get(block);
    const what = call === undefined ? block.kind : `${call.toolName} ${shorten(call.target ?? "")}`.trim();
    const place = `line ${block.entry.line.number}, entry ${block.entry.index}, ${what}`;
    const freed =
      block.kind === "sidecar" ? `${block.bytes} bytes on disk` : `${removed} lines, ${tokens} tokens`;
    const effect = refusal === undefined ? freed : `refused, ${refusal}`;
    const prefix = file === undefined ? "" : `${file}: `;
    return `${printable(`${prefix}${place}: ${effect}; ${stage}: ${reason}`)}\n`;
  });
  return lines.join("");
}

function shorten(target: string): string {
  const line = target.replace(/\s+/g, " ");
  return line.length <= MAX_TARGET ? line : `${line.slice(0, MAX_TARGET)}...`;
}
