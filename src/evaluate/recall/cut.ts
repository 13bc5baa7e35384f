// In: a transcript and a share of its steps. Out: the bytes that its file had when that step was complete, and where the future
// begins. A compactor that gets these bytes cannot know what came after.
import type { Entry, Transcript } from "../../transcript/types.ts";

export interface PrefixCut {
  /** Of the steps, for people: 0.25, 0.5 or 0.75. */
  readonly share: number;
  readonly prefix: Buffer;
  /** Index of the first entry that is not in the prefix. */
  readonly end: number;
}

/** Where a transcript is cut, as shares of its steps. */
export const CUT_SHARES: readonly number[] = [0.25, 0.5, 0.75];

/** At most one cut a share; none where the step is the last or two shares meet. */
export function cutsOf(transcript: Transcript): PrefixCut[] {
  const steps = transcript.entries.reduce((most, { step }) => Math.max(most, step), 0);
  const ends = new Set<number>();
  return CUT_SHARES.flatMap((share) => {
    const end = endOfStep(transcript, Math.floor(steps * share));
    if (end === undefined || ends.has(end)) return [];
    ends.add(end);
    return [{ share, end, prefix: prefixBytes(transcript, end) }];
  });
}

/** The index behind the last entry of a step with all its results; undefined where nothing is before or behind it. */
function endOfStep({ entries, observations }: Transcript, step: number): number | undefined {
  if (step < 1) return undefined;
  let end = entries.findIndex((entry) => entry.step > step);
  for (let before = -1; before !== end; ) {
    before = end;
    for (const { call, blocks } of observations) {
      const at = blocks[0]?.entry.index ?? 0;
      if (call !== undefined && call.entry.index < end && at >= end) end = at + 1;
    }
    end = endOfRecord(entries, end);
  }
  return end <= 0 || end >= entries.length ? undefined : end;
}

/** Several entries of one line go together, unless the line is the whole transcript. */
function endOfRecord(entries: readonly Entry[], end: number): number {
  const line = entries[end - 1]?.line;
  if (line === undefined || line === entries[0]?.line) return end;
  let after = end;
  while (entries[after]?.line === line) after++;
  return after;
}

export function prefixBytes({ source, entries }: Transcript, end: number): Buffer {
  const next = entries[end]!;
  const { line } = next;
  const start = line.bytes.byteOffset - source.byteOffset;
  if (line !== entries[0]?.line) return source.subarray(0, start);
  // One record holds all messages: the later ones go from its list.
  const last = entries.findLast((entry) => entry.line === line && entry.span.start >= next.span.start);
  const before = entries
    .slice(0, end)
    .reduce((most, { span }) => Math.max(most, span.start < next.span.start ? span.end : 0), 0);
  const kept = source.subarray(0, start + before);
  return Buffer.concat([kept, source.subarray(start + (last ?? next).span.end)]);
}
