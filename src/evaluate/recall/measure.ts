// In: the bytes of a file and what is to be measured. Out: for each cut of its transcripts how much of what the agent used later each
// method keeps. The compactor is the real one, and gets the bytes of the prefix and nothing else.
import { compact } from "../../compact.ts";
import type { Config } from "../../config/config.ts";
import { type Amount, contextTokens, tokensOf } from "../../engine/limits.ts";
import { Prices } from "../../engine/prices.ts";
import type { Format } from "../../formats/format.ts";
import { detectFormat, readTranscripts } from "../../formats/index.ts";
import { frameLines } from "../../jsonl/frame.ts";
import { type TokenCounter, tokenCounter } from "../../tokens/index.ts";
import { printLineGap } from "../../transcript/marker.ts";
import type { Transcript } from "../../transcript/types.ts";
import { baselines } from "./baselines/index.ts";
import { type Material, rowsOf } from "./baselines/material.ts";
import { published } from "./baselines/published.ts";
import { type Beside, besideOf } from "./beside.ts";
import { cutsOf, type PrefixCut } from "./cut.ts";
import { type Kept, keptIn, type Recall, recallOf } from "./kept.ts";
import { meanRecall } from "./mean-recall.ts";
import { Readings } from "./readings.ts";
import type { Reference } from "./reference.ts";
import { referencesOf } from "./references.ts";
import { type Shown, shownBefore } from "./shown.ts";
import { type Stratum, strataOf } from "./strata.ts";

/** A smaller prefix needs no compaction. In tokens of observations. */
export const MIN_PREFIX_TOKENS = 2000;
/** Fewer say nothing. */
export const MIN_REFERENCES = 3;

export type PointKind = "budget" | "preset" | "published";

/** One way to compact. */
export interface Run {
  readonly name: string;
  readonly kind: "budget" | "preset";
  readonly config: Config;
  /** What is kept of the tokens of the observations; undefined where the stages' own aims decide. */
  readonly budget: Amount | undefined;
}

export interface Measurement {
  readonly runs: readonly Run[];
  /** Whether other methods are measured too. */
  readonly withBaselines: boolean;
  /** The configuration that meets published methods at the tokens that they keep. */
  readonly rival: Config;
}

export interface MethodScore {
  readonly method: string;
  readonly recall: Recall;
  readonly tokens: number;
}

/** What one way to compact, or one published method, comes to at one cut. */
export interface Point {
  readonly name: string;
  readonly kind: PointKind;
  readonly ours: MethodScore & {
    readonly beside: Beside;
    readonly strata: readonly Stratum[];
    readonly isMet: boolean;
  };
  /** At the tokens that ours keeps; published ones at their own, which ours then gets for its budget. */
  readonly others: readonly MethodScore[];
}

export interface MeasuredCut {
  readonly transcript: string;
  readonly format: string;
  readonly share: number;
  /** Of the observations that may be cut. */
  readonly tokens: number;
  readonly references: { readonly v: number; readonly t: number; readonly reacquired: number };
  readonly points: readonly Point[];
}

export const OURS = "compact";

/** @returns undefined for a file in no known format */
export function measureFile(
  path: string,
  source: Buffer,
  measurement: Measurement,
): MeasuredCut[] | undefined {
  const lines = frameLines(source);
  const format = measurement.rival.format ?? detectFormat(lines)?.format;
  if (format === undefined) return undefined;
  const readings = new Readings();
  return Array.from(readTranscripts(source, lines, format, { revive: "all" })).flatMap((transcript) =>
    cutsOf(transcript).flatMap((cut) => measureCut(transcript, cut, { path, format, measurement, readings })),
  );
}

interface Context {
  readonly path: string;
  readonly format: Format;
  readonly measurement: Measurement;
  readonly readings: Readings;
}

function measureCut(transcript: Transcript, cut: PrefixCut, context: Context): MeasuredCut[] {
  const { measurement, format, readings } = context;
  const prefix = readWhole(cut.prefix, format);
  if (prefix === undefined) return [];
  const counter = tokenCounter(measurement.rival.tokenizer);
  const prices = new Prices(counter);
  const { shown, last } = shownBefore(prefix, prices);
  const tokens = shown.reduce((sum, one) => sum + one.tokens, 0);
  if (tokens < MIN_PREFIX_TOKENS) return [];
  const future = transcript.blocks.filter(({ entry }) => entry.index >= cut.end);
  const { references, reacquired } = referencesOf({ prefix, future, shown, last }, readings);
  if (references.length < MIN_REFERENCES) return [];

  const material = materialOf(prefix, shown, references, counter);
  const bench: Bench = { cut, prefix, shown, references, prices, tokens, format };
  const points = measurement.runs.map((run): Point => {
    const budget = tokensOf(run.budget, tokens);
    const { score, ...rest } = compactAndScore(bench, run.config, budget);
    const others = measurement.withBaselines ? scoreBaselines(material, score.tokens) : [];
    return { name: run.name, kind: run.kind, ours: { ...score, ...rest }, others };
  });
  return [
    {
      transcript: context.path,
      format: format.name,
      share: cut.share,
      tokens,
      references: {
        v: references.filter(({ family }) => family === "v").length,
        t: references.filter(({ family }) => family === "t").length,
        reacquired,
      },
      points: [
        ...points,
        ...(measurement.withBaselines ? publishedPoints(bench, material, measurement.rival) : []),
      ],
    },
  ];
}

function readWhole(bytes: Buffer, format: Format): Transcript | undefined {
  return [...readTranscripts(bytes, frameLines(bytes), format)][0];
}

/** What scoring a compaction of a prefix takes. */
interface Bench {
  readonly cut: PrefixCut;
  readonly prefix: Transcript;
  readonly shown: readonly Shown[];
  readonly references: readonly Reference[];
  readonly prices: Prices;
  readonly tokens: number;
  readonly format: Format;
}

/** @param budget tokens of observations to keep */
function compactAndScore(
  bench: Bench,
  config: Config,
  budget: number | undefined,
): { score: MethodScore; beside: Beside; strata: Stratum[]; isMet: boolean } {
  const { cut, prefix, shown, references, prices, tokens, format } = bench;
  const rest = contextTokens(prefix, prices) - tokens;
  const limits = budget === undefined ? {} : { budget: { tokens: rest + budget } };
  const compaction = compact(cut.prefix, { ...config, ...limits, format });
  const output = readWhole(Buffer.concat([...compaction.chunks]), format) ?? prefix;
  const kept = keptIn(output, shown, prices);
  return {
    score: { method: OURS, recall: recallOf(references, kept), tokens: kept.tokens },
    beside: besideOf(prefix, output, { references, kept, shown }),
    strata: strataOf(references, kept),
    isMet: compaction.status !== "compacted" || compaction.missedBudget === undefined,
  };
}

function materialOf(
  prefix: Transcript,
  shown: readonly Shown[],
  references: readonly Reference[],
  counter: TokenCounter,
): Material {
  const asked = prefix.blocks.findLast(({ live, role, kind }) => live && role === "user" && kind === "text");
  return {
    shown,
    references,
    task: asked?.text ?? "",
    counter,
    gapTokens: counter.count(`${printLineGap([99, 199])}\n`),
    rows: rowsOf(shown),
  };
}

function scoreBaselines(material: Material, budget: number): MethodScore[] {
  return baselines.map(({ name, keep }) => scoreMean(name, [...keep(material, budget)], material.references));
}

function scoreMean(method: string, kept: readonly Kept[], references: readonly Reference[]): MethodScore {
  return {
    method,
    recall: meanRecall(kept.map((one) => recallOf(references, one))),
    tokens: kept.reduce((sum, { tokens }) => sum + tokens, 0) / kept.length,
  };
}

function publishedPoints(bench: Bench, material: Material, rival: Config): Point[] {
  return published.flatMap(({ name, keep }): Point[] => {
    const kept = keep(material);
    if (kept === undefined) return [];
    const { score, ...rest } = compactAndScore(bench, rival, kept.tokens);
    return [
      {
        name,
        kind: "published",
        ours: { ...score, ...rest },
        others: [scoreMean(name, [kept], bench.references)],
      },
    ];
  });
}
