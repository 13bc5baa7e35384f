// In: the lines of a block. Out: which of them the agent wrote itself, how near others of those are, and which no newer observation repeats.
import type { BlockLines } from "./block-lines.ts";
import type { Context } from "./feature-context.ts";
import { windowMeans } from "./neighbours.ts";
import * as tuned from "./weights.ts";

/** Notes what it has seen: blocks must come newest first. */
export function quoteFeatures({ text, starts, ends }: BlockLines, { now, quotes, seen }: Context) {
  const count = starts.length;
  const quoted = new Float64Array(count);
  const isNewest = new Uint8Array(count);
  for (let i = count - 1; i >= 0; i--) {
    if (ends[i]! - starts[i]! <= tuned.WORTHLESS_LENGTH) continue;
    const line = text.slice(starts[i], ends[i]);
    if (!seen.has(line)) {
      seen.add(line);
      isNewest[i] = 1;
    }
    const quotedAt = quotes.get(line);
    if (quotedAt !== undefined) quoted[i] = Math.exp(-(now - quotedAt) / tuned.QUOTE_MEMORY);
  }
  return { quoted, isNewest, near: windowMeans(quoted, tuned.QUOTES_AROUND) };
}
