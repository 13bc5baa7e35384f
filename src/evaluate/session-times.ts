// In: the lines of a transcript. Out: when they were written, as far as they say so: `timestamp` in the record or in its message.
import { parseJson } from "../jsonl/json.ts";
import type { Line } from "../transcript/types.ts";

/** When a session wrote, in milliseconds since 1970. */
export interface SessionTimes {
  /** Undefined where no line says when it was written. */
  readonly last: number | undefined;
  /** The longest silence between two lines. */
  readonly longestPause: number;
}

export function sessionTimes(lines: readonly Line[]): SessionTimes {
  let last: number | undefined;
  let longestPause = 0;
  for (const line of lines) {
    const time = timeOf(line);
    if (time === undefined) continue;
    if (last !== undefined) longestPause = Math.max(longestPause, time - last);
    last = last === undefined ? time : Math.max(last, time); // lines of parallel work stand out of order
  }
  return { last, longestPause };
}

/** Looked at before parsing: most formats have no times, and lines may be long. */
const NAME = Buffer.from('"timestamp"');

export function timeOf({ bytes }: Line): number | undefined {
  if (!bytes.includes(NAME)) return undefined;
  const record = tryParse(bytes);
  const text = record?.text("timestamp") ?? record?.text("message", "timestamp");
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function tryParse(bytes: Buffer) {
  try {
    return parseJson(bytes);
  } catch {
    return undefined; // a line that is torn is told of elsewhere
  }
}
