// In: a compaction. Out: the texts of all tool results of its output, in file order, read with the formats' own eyes.
import { compact as run } from "../../src/compact.ts";
import { resolve } from "../../src/config/resolve.ts";
import type { Result } from "../../src/index.ts";

export function resultTexts(result: Result): string[] {
  const compaction = run(Buffer.concat([...result.chunks()]), resolve({ stages: [] }));
  if (compaction.status === "unknown-format") return [];
  return compaction.transcript.observations.flatMap(({ blocks }) => blocks.map(({ text }) => text ?? ""));
}
