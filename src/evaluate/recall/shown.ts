// In: a prefix as a transcript. Out: the observations that a compactor may cut, line by line with their prices, and those of the
// last step, which every method keeps and nobody is asked about.
import type { Prices } from "../../engine/prices.ts";
import type { Observation, Transcript } from "../../transcript/types.ts";

/** An observation as the agent saw it. */
export interface Shown {
  readonly observation: Observation;
  readonly lines: readonly string[];
  /** By line, in tokens. */
  readonly prices: Float64Array;
  readonly tokens: number;
}

export function shownBefore(prefix: Transcript, prices: Prices): { shown: Shown[]; last: Observation[] } {
  const live = prefix.observations.filter(({ live }) => live);
  const lastStep = live.reduce((most, { step }) => Math.max(most, step), 0);
  return {
    shown: live.filter(({ step }) => step < lastStep).map((observation) => show(observation, prices)),
    last: live.filter(({ step }) => step >= lastStep),
  };
}

function show(observation: Observation, prices: Prices): Shown {
  const blocks = observation.blocks.filter(({ text }) => text !== undefined);
  const lines = blocks.flatMap(({ text = "" }) => text.split("\n"));
  const byLine = blocks.flatMap((block) => {
    const priced = prices.lines(block);
    return (block.text ?? "").split("\n").map((_, line) => priced.line(line));
  });
  return {
    observation,
    lines,
    prices: Float64Array.from(byLine),
    tokens: byLine.reduce((sum, price) => sum + price, 0),
  };
}
