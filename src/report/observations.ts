// In: the observations of a transcript and their prices. Out: the largest, the files that were read again, and how much of the
// context repeats itself. Facts about the transcript, whatever the stages of the run do about them.
import { type FileRead, readOf } from "../transcript/file-access.ts";
import type { Block, Observation, Transcript } from "../transcript/types.ts";
import type { LargeObservation, Reread, Waste } from "./report.ts";

/** A list of all files takes its entries from the lists of each, so this is the length of both. */
export const LIST_LENGTH = 10;
const MAX_TARGET = 200;

export const NO_WASTE: Waste = { duplicate: 0, superseded: 0 };

/** What a block costs in tokens. */
export type Price = (block: Block) => number;

const liveOf = ({ observations }: Transcript) => observations.filter(({ live }) => live);

export function sum<Item>(items: readonly Item[], pick: (item: Item) => number): number {
  return items.reduce((total, item) => total + pick(item), 0);
}

export function largestObservations(transcript: Transcript, before: Price, after: Price): LargeObservation[] {
  return liveOf(transcript)
    .map(({ blocks, toolName, target = "" }) => ({
      line: blocks[0]?.entry.line.number ?? 0,
      tool: toolName,
      target: target.slice(0, MAX_TARGET).toWellFormed(),
      tokensBefore: sum(blocks, before),
      tokensAfter: sum(blocks, after),
    }))
    .sort((a, b) => b.tokensBefore - a.tokensBefore || a.line - b.line)
    .slice(0, LIST_LENGTH);
}

export function rereadFiles(transcript: Transcript, price: Price): Reread[] {
  return [...readsByFile(transcript)]
    .filter(([, reads]) => reads.length > 1)
    .map(([target, reads]) => ({
      target: target.slice(0, MAX_TARGET).toWellFormed(),
      times: reads.length,
      tokens: sum(reads, ({ observation }) => sum(observation.blocks, price)),
    }))
    .sort(byTimes)
    .slice(0, LIST_LENGTH);
}

/** Most often first, then most tokens. */
export function byTimes(a: Reread, b: Reread): number {
  return b.times - a.times || b.tokens - a.tokens || (a.target < b.target ? -1 : 1);
}

/** An observation that is both is a duplicate. */
export function wasteOf(transcript: Transcript, price: Price): Waste {
  const lastWithText = new Map<string, Observation>();
  const textOf = ({ blocks }: Observation) => blocks.map(({ text = "" }) => text).join("\n");
  const live = liveOf(transcript);
  for (const observation of live) lastWithText.set(textOf(observation), observation);
  const duplicates = new Set(
    live.filter((observation) => lastWithText.get(textOf(observation)) !== observation),
  );
  const superseded = [...readsByFile(transcript).values()]
    .flatMap((reads) => reads.filter((read, i) => reads.slice(i + 1).some(covers(read))))
    .map(({ observation }) => observation)
    .filter((observation) => !duplicates.has(observation));
  const tokens = (observations: readonly Observation[]) =>
    sum(observations, ({ blocks }) => sum(blocks, price));
  return { duplicate: tokens([...duplicates]), superseded: tokens(superseded) };
}

interface Read extends FileRead {
  readonly observation: Observation;
}

function readsByFile(transcript: Transcript): Map<string, Read[]> {
  const reads = new Map<string, Read[]>();
  for (const observation of liveOf(transcript)) {
    const read = readOf(observation);
    if (read === undefined) continue;
    const known = reads.get(read.file);
    if (known === undefined) reads.set(read.file, [{ ...read, observation }]);
    else known.push({ ...read, observation });
  }
  return reads;
}

/** Whether a read shows all lines of another. */
function covers({ from, to }: FileRead): (later: FileRead) => boolean {
  return (later) => later.from <= from && later.to >= to;
}
