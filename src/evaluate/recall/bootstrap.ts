// In: values, each with the transcript it comes from. Out: their mean and how sure it is. The unit is the transcript: its cuts are
// averaged first, and whole transcripts are drawn.
import { mean } from "./mean-recall.ts";
import { randomFrom } from "./random.ts";

export interface Estimate {
  readonly mean: number;
  /** 95 %, from 1,000 draws. */
  readonly low: number;
  readonly high: number;
  readonly cuts: number;
  readonly transcripts: number;
}

export interface Sample {
  readonly transcript: string;
  readonly value: number | undefined;
}

const DRAWS = 1000;
const SEED = 1;

/** Undefined where no sample has a value. */
export function estimate(samples: readonly Sample[]): Estimate | undefined {
  const byTranscript = new Map<string, number[]>();
  for (const { transcript, value } of samples) {
    if (value === undefined) continue;
    const values = byTranscript.get(transcript);
    if (values === undefined) byTranscript.set(transcript, [value]);
    else values.push(value);
  }
  const means = [...byTranscript.values()].map((values) => mean(values)!);
  if (means.length === 0) return undefined;
  const random = randomFrom(SEED);
  const draws = Float64Array.from({ length: DRAWS }, () => {
    let sum = 0;
    for (let i = 0; i < means.length; i++) sum += means[Math.floor(random() * means.length)]!;
    return sum / means.length;
  }).sort();
  return {
    mean: mean(means)!,
    low: draws[Math.floor(0.025 * DRAWS)]!,
    high: draws[Math.ceil(0.975 * DRAWS) - 1]!,
    cuts: samples.filter(({ value }) => value !== undefined).length,
    transcripts: means.length,
  };
}
