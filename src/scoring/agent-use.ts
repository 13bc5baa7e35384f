// In: a transcript. Out: what the agent has made of it so far: when it last used each word, and which lines it wrote itself.
// Time is counted in observations.
import type { Observation, Transcript } from "../transcript/types.ts";
import { agentStrings } from "./agent-strings.ts";
import { findBody, type LineBody } from "./line-shape.ts";
import { MIN_QUOTE } from "./weights.ts";
import type { Words } from "./words.ts";

export interface AgentUse {
  /** By word: how many observations the agent had seen when it last used the word; -1 for never. */
  readonly lastUse: Int32Array;
  /** By line, without gutter and blanks around: how many observations it had seen when it last wrote the line. */
  readonly quotes: ReadonlyMap<string, number>;
  /** What it wrote, and what people wrote: all that stays whatever observations lose. */
  readonly written: readonly string[];
}

/** @param words learns the agent's words */
export function readAgentUse(
  transcript: Transcript,
  observations: readonly Observation[],
  words: Words,
): AgentUse {
  const uses = new Uses();
  const written: string[] = [];
  const starts = new Map(observations.map(({ blocks }, index) => [blocks[0], index]));
  let now = 0;
  for (const block of transcript.blocks) {
    const index = starts.get(block);
    if (index !== undefined) now = index + 1;
    if (!block.live || block.role === "tool") continue;
    if (block.role !== "assistant") {
      if (block.text !== undefined && block.kind !== "result") written.push(block.text);
      continue;
    }
    for (const text of agentStrings(block)) {
      written.push(text);
      words.read(text, 0, text.length);
      uses.add(words, now);
      addQuotes(text, now, uses.quotes);
    }
  }
  return { lastUse: uses.lastUse, quotes: uses.quotes, written };
}

class Uses {
  lastUse = new Int32Array(1 << 12).fill(-1);
  readonly quotes = new Map<string, number>();

  add({ found, foundCount, count }: Words, now: number): void {
    if (count > this.lastUse.length) {
      const larger = new Int32Array(2 * count).fill(-1);
      larger.set(this.lastUse);
      this.lastUse = larger;
    }
    for (let i = 0; i < foundCount; i++) this.lastUse[found[i]!] = now;
  }
}

const body: LineBody = { start: 0, end: 0, indent: 0 };

function addQuotes(text: string, now: number, quotes: Map<string, number>): void {
  for (let start = 0; start <= text.length; ) {
    const feed = text.indexOf("\n", start);
    const end = feed === -1 ? text.length : feed;
    findBody(text, start, end, body);
    if (body.end - body.start >= MIN_QUOTE) {
      quotes.set(text.slice(body.start, body.end), now);
      const sign = text[body.start];
      // A line of a patch without its sign.
      if (sign === "+" || sign === "-") quotes.set(text.slice(body.start + 1, body.end).trim(), now);
    }
    start = end + 1;
  }
}
