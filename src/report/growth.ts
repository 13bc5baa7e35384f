// In: a transcript and what its blocks cost. Out: how its context grew, step by step, by kind.
import type { Block, Transcript } from "../transcript/types.ts";
import { contextKind } from "./context-kind.ts";
import type { Price } from "./observations.ts";
import type { Growth } from "./report.ts";

/** Steps at which the growth of every file is told, so that files can be added up: two an octave. */
export const CHECKPOINTS: readonly number[] = [
  1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 3072, 4096,
];

/** At the checkpoints that the transcript reaches. */
export function growthOf(transcript: Transcript, before: Price, after: Price): Growth {
  const last = lastStep(transcript);
  return growthAt(
    CHECKPOINTS.filter((step) => step <= last),
    transcript,
    before,
    after,
  );
}

/** @param steps ascending */
export function growthAt(
  steps: readonly number[],
  transcript: Transcript,
  before: Price,
  after: Price,
): Growth {
  const grown = {
    before: accumulate(steps, transcript, before),
    after: accumulate(steps, transcript, after),
  };
  const changed = Object.keys(grown.after).filter((kind) =>
    grown.after[kind]!.some((tokens, i) => tokens !== grown.before[kind]![i]),
  );
  return {
    steps,
    before: grown.before,
    after: Object.fromEntries(changed.map((kind) => [kind, grown.after[kind]!])),
  };
}

export function lastStep({ blocks }: Transcript): number {
  return blocks.reduce((last, { entry }) => Math.max(last, entry.step), 0);
}

/** What comes before the first step is there from the beginning. */
function accumulate(
  steps: readonly number[],
  { blocks }: Transcript,
  price: Price,
): Record<string, readonly number[]> {
  const added = new Map<string, number[]>();
  const firstWith = (block: Block) => firstAtLeast(steps, block.entry.step);
  for (const block of blocks) {
    const at = block.text === undefined ? -1 : firstWith(block);
    if (at === -1) continue;
    const kind = contextKind(block);
    const list = added.get(kind) ?? steps.map(() => 0);
    list[at] = list[at]! + price(block);
    added.set(kind, list);
  }
  for (const list of added.values()) for (let i = 1; i < list.length; i++) list[i] = list[i]! + list[i - 1]!;
  return Object.fromEntries(added);
}

/** Where in an ascending list the first number stands that is no smaller; -1 where there is none. */
function firstAtLeast(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return low < steps.length ? low : -1;
}
