// In: the bytes of a file. Out: its sessions as if the harness had never compacted them: every text that the model saw at some time, in
// order, and none that a harness made of what it took away. Only so do all policies begin with the same.
import type { Format } from "../../formats/format.ts";
import { readTranscripts } from "../../formats/index.ts";
import { frameLines } from "../../jsonl/frame.ts";
import type { Entry, Line, Transcript } from "../../transcript/types.ts";

export interface RecordedSession {
  readonly format: Format;
  /** All of it live. */
  readonly transcript: Transcript;
  /** How many compactions of the harness were undone. */
  readonly undone: number;
}

/** One a file, or one a line in formats that hold a whole transcript in each. */
export function recordedSessions(source: Buffer, format: Format): RecordedSession[] {
  const lines = frameLines(source);
  const transcripts = [...readTranscripts(source, lines, format, { revive: "all" })];
  if (format.wholeTranscripts) return transcripts.map((transcript) => ({ format, transcript, undone: 0 }));
  return transcripts.map((transcript) => undo(transcript, format));
}

/** A transcript in which everything is live, whatever the format says of it. */
export function readAll(source: Buffer, format: Format): Transcript {
  const [transcript] = readTranscripts(source, frameLines(source), format, { revive: "all" });
  if (transcript === undefined) throw new Error("a transcript without lines, expected one with some");
  return transcript;
}

/**
 * What was live at the end of each stretch between two compactions, and at the end. Branches that were given up before stay out,
 * as they do for the harness.
 */
function undo(transcript: Transcript, format: Format): RecordedSession {
  const { source, entries } = transcript;
  const compacted = new Set(entries.filter((entry) => isCompaction(entry, entries)).map(({ line }) => line));
  const ends = [...compacted].map((line) => startOf(line, source)).filter((end) => end > 0);
  const seen = new Set<number>();
  for (const end of [...ends, source.length]) {
    for (const entry of liveEntries(source.subarray(0, end), format)) seen.add(entry.index);
  }
  const kept = new Set(entries.filter(({ index }) => seen.has(index)).map(({ line }) => line));
  const flat = transcript.lines.filter((line) => kept.has(line) && !compacted.has(line));
  const bytes = Buffer.concat(
    flat.map((line) => source.subarray(startOf(line, source), endOf(line, source))),
  );
  return { format, transcript: readAll(bytes, format), undone: compacted.size };
}

/** A summary, or a line in which the harness repeats what it kept. */
function isCompaction({ index, line, blocks }: Entry, entries: readonly Entry[]): boolean {
  return blocks.some(({ kind }) => kind === "summary") || entries[index + 1]?.line === line;
}

function liveEntries(source: Buffer, format: Format): Entry[] {
  const [transcript] = readTranscripts(source, frameLines(source), format);
  return (transcript?.entries ?? []).filter(({ blocks }) => blocks.some(({ live }) => live));
}

function startOf({ bytes }: Line, source: Buffer): number {
  return bytes.byteOffset - source.byteOffset;
}

function endOf(line: Line, source: Buffer): number {
  return startOf(line, source) + line.bytes.length + line.eol.length;
}
