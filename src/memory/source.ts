// In: a block of a session. Out: where a statement stands, so that whoever doubts it can look it up.
import type { Block } from "../transcript/types.ts";

/** Where a statement stands. Counted over the whole session, what lies before a compaction boundary included. */
export interface Source {
  /** As it was named. */
  readonly transcript: string;
  /** Position among the entries, from 0, as runs and `--explain` count. */
  readonly entry: number;
  /** Position among the blocks, from 0. */
  readonly block: number;
  /** Of the file, from 1. */
  readonly line: number;
  readonly turn: number;
  readonly step: number;
  /** ISO 8601, as the harness wrote it; absent where it wrote none. */
  readonly time?: string;
}

export function sourceOf(transcript: string, { id, entry }: Block, time: string | undefined): Source {
  const place = { transcript, entry: entry.index, block: id, line: entry.line.number };
  return { ...place, turn: entry.turn, step: entry.step, ...(time === undefined ? {} : { time }) };
}
