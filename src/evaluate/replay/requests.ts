// In: a session. Out: the requests that its agent sent: every assistant message is the answer to one, and its prompt is all that stands
// before it.
import type { Transcript } from "../../transcript/types.ts";
import { timeOf } from "../session-times.ts";

export interface SentRequest {
  /** Index of the first entry that is not in its prompt, and id of the first block that is not. */
  readonly end: number;
  readonly blocks: number;
  readonly turn: number;
  /** When it was sent, in milliseconds since 1970: when the last line of its prompt was written. Undefined where no line says. */
  readonly time: number | undefined;
}

export function requestsOf({ entries }: Transcript): SentRequest[] {
  const requests: SentRequest[] = [];
  let blocks = 0;
  let step = 0;
  let time: number | undefined;
  for (const entry of entries) {
    if (entry.step > step && entry.blocks.some(({ role }) => role === "assistant")) {
      if (blocks > 0) requests.push({ end: entry.index, blocks, turn: entry.turn, time });
      step = entry.step;
    }
    blocks += entry.blocks.length;
    const written = timeOf(entry.line);
    // Lines of parallel work stand out of order.
    if (written !== undefined) time = time === undefined ? written : Math.max(time, written);
  }
  return requests;
}
