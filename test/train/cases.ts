// In: transcripts. Out: cases to learn from: at each cut the lines that may go, as rows of features with their prices, and what the
// agent used of them later.
import { readFileSync } from "node:fs";
import { Prices } from "../../src/engine/prices.ts";
import { cutsOf } from "../../src/evaluate/recall/cut.ts";
import { MIN_PREFIX_TOKENS, MIN_REFERENCES } from "../../src/evaluate/recall/measure.ts";
import { Readings } from "../../src/evaluate/recall/readings.ts";
import type { Reference } from "../../src/evaluate/recall/reference.ts";
import { referencesOf } from "../../src/evaluate/recall/references.ts";
import { shownBefore } from "../../src/evaluate/recall/shown.ts";
import { detectFormat, readTranscripts } from "../../src/formats/index.ts";
import { frameLines } from "../../src/jsonl/frame.ts";
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
      const { shown, last } = shownBefore(prefix, new Prices(tokenCounter("o200k_base")));
      if (shown.reduce((sum, { tokens }) => sum + tokens, 0) < MIN_PREFIX_TOKENS) continue;
      const future = transcript.blocks.filter(({ entry }) => entry.index >= cut.end);
      const { references } = referencesOf({ prefix, future, shown, last }, readings);
      if (references.length < MIN_REFERENCES) continue;
      const features = new Map(Array.from(readFeatures(prefix), ({ block, rows }) => [block, rows]));
      const observations = shown.map(({ observation, prices }): CaseObservation => {
        const rows = observation.blocks.flatMap((block) => features.get(block) ?? []);
        const values = new Float32Array(prices.length * WIDTH);
        const isNewest = new Uint8Array(prices.length);
        let line = 0;
        for (const { values: own, isNewest: newest } of rows) {
          values.set(own, line * WIDTH);
          isNewest.set(newest, line);
          line += newest.length;
        }
        return { prices, values, isNewest };
      });
      cases.push({ file: path, format: format.name, observations, references });
    }
  }
  return cases;
}
