// In: transcripts. Out: cases to learn from: at each cut the lines that may go, as rows of features with their prices, and what the
// agent used of them later.
import { readFileSync } from "node:fs";
import { Prices } from "../../src/engine/prices.ts";
import { protect } from "../../src/engine/protection.ts";
import { cutsOf } from "../../src/evaluate/recall/cut.ts";
import { MIN_PREFIX_TOKENS, MIN_REFERENCES } from "../../src/evaluate/recall/measure.ts";
import { Readings } from "../../src/evaluate/recall/readings.ts";
import type { Reference } from "../../src/evaluate/recall/reference.ts";
import { referencesOf } from "../../src/evaluate/recall/references.ts";
import { shownBefore } from "../../src/evaluate/recall/shown.ts";
import { detectFormat, readTranscripts } from "../../src/formats/index.ts";
import { frameLines } from "../../src/jsonl/frame.ts";
import { MUST_STAY } from "../../src/scoring/index.ts";
import { WIDTH } from "../../src/scoring/line-features.ts";
import { readFeatures } from "../../src/scoring/read-features.ts";
import { tokenCounter } from "../../src/tokens/index.ts";

/** The prefix of one transcript. */
export interface Case {
  readonly file: string;
  readonly format: string;
  /** One after the other, as `Reference.places` counts them. */
  readonly observations: readonly CaseObservation[];
  readonly references: readonly Reference[];
}

export interface CaseObservation {
  readonly prices: Float64Array;
  readonly values: Float32Array;
  readonly isNewest: Uint8Array;
  /** By line: `MUST_STAY` for what no stage may touch. */
  readonly fixed: Uint8Array;
}

export function casesOf(path: string): Case[] {
  const source = readFileSync(path);
  const lines = frameLines(source);
  const format = detectFormat(lines)?.format;
  if (format === undefined) return [];
  const readings = new Readings();
  const cases: Case[] = [];
  for (const transcript of readTranscripts(source, lines, format, { revive: "all" })) {
    for (const cut of cutsOf(transcript)) {
      const [prefix] = readTranscripts(cut.prefix, frameLines(cut.prefix), format);
      if (prefix === undefined) continue;
      const prices = new Prices(tokenCounter("o200k_base"));
      const { shown, last } = shownBefore(prefix, prices);
      if (shown.reduce((sum, { tokens }) => sum + tokens, 0) < MIN_PREFIX_TOKENS) continue;
      const future = transcript.blocks.filter(({ entry }) => entry.index >= cut.end);
      const { references } = referencesOf({ prefix, future, shown, last }, readings);
      if (references.length < MIN_REFERENCES) continue;
      const features = new Map(
        Array.from(readFeatures(prefix).blocks, ({ lines, rows }) => [lines.block, rows]),
      );
      const protection = protect(prefix, [], prices);
      const observations = shown.map(({ observation, prices }): CaseObservation => {
        const fixed = new Uint8Array(prices.length);
        const values = new Float32Array(prices.length * WIDTH);
        const isNewest = new Uint8Array(prices.length);
        let line = 0;
        for (const block of observation.blocks) {
          const rows = features.get(block);
          if (rows === undefined) continue;
          values.set(rows.values, line * WIDTH);
          isNewest.set(rows.isNewest, line);
          const end = line + rows.isNewest.length;
          for (const [from, to] of protection.ranges(block))
            fixed.fill(MUST_STAY, line + from, Math.min(line + to, end));
          line = end;
        }
        return { prices, values, isNewest, fixed };
      });
      cases.push({ file: path, format: format.name, observations, references });
    }
  }
  return cases;
}
