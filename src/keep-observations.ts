// In: a transcript from which nothing is removed now, and a store. Out: the store with the whole text of every observation that the model
// still sees, so that `get` and `search` find it when somebody else has removed it: a harness that summarises.
import { createHash } from "node:crypto";
import { artifactOf } from "./artifacts/artifact.ts";
import type { Store } from "./artifacts/store.ts";
import { Prices } from "./engine/prices.ts";
import { detectFormat, readTranscripts } from "./formats/index.ts";
import { frameLines } from "./jsonl/frame.ts";
import type { TokenCounter } from "./tokens/index.ts";

/**
 * @returns how many observations; 0 for an unknown format
 * @throws the error of the file system
 */
export async function keepObservations(source: Buffer, store: Store, counter: TokenCounter): Promise<number> {
  const lines = frameLines(source);
  const format = detectFormat(lines)?.format;
  if (format === undefined) return 0;
  const prices = new Prices(counter);
  const entries = [...readTranscripts(source, lines, format)].flatMap(({ observations }) =>
    observations
      .filter(({ live, blocks }) => live && blocks.some(({ text, settled }) => text && !settled))
      .map((observation) => ({
        artifact: artifactOf(observation),
        tokens: observation.blocks.reduce((sum, block) => sum + prices.tokens(block), 0),
      })),
  );
  const whole = { sha256: createHash("sha256").update(source).digest("hex"), bytes: source.length };
  await store.saveTexts(whole, entries, format.name);
  return entries.length;
}
