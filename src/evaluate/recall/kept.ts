// In: what a method left of the shown observations. Out: which references are still there, by family.
import type { Prices } from "../../engine/prices.ts";
import { touchedLines } from "../../transcript/marker.ts";
import type { Transcript } from "../../transcript/types.ts";
import type { Family, Place, Reference } from "./reference.ts";
import type { Shown } from "./shown.ts";

/** What is left, and what it costs with everything that stands for what is gone. */
export interface Kept {
  /** For each shown observation a 1 for each line that is still there, word for word. */
  readonly lines: readonly Uint8Array[];
  /** In tokens, without the observations of the last step. */
  readonly tokens: number;
  /** Tokens of family T inside lines that are there in part only. */
  readonly parts?: ReadonlySet<string>;
}

/**
 * Reads what a compactor made of a prefix.
 *
 * @param output the compacted prefix, read again from its bytes: entries and observations keep their order
 */
export function keptIn(output: Transcript, shown: readonly Shown[], prices: Prices): Kept {
  let tokens = 0;
  const lines = shown.map(({ observation, lines }) => {
    const kept = new Uint8Array(lines.length).fill(1);
    let first = 0;
    observation.blocks.forEach((block, i) => {
      const { text } = block;
      if (text === undefined) return;
      const now = output.observations[observation.index]?.blocks[i]?.text ?? "";
      const length = text.split("\n").length;
      if (now !== text) for (const line of touchedLines(now, length)) kept[first + line] = 0;
      tokens += now === text ? prices.tokens(block) : prices.count(now);
      first += length;
    });
    return kept;
  });
  return { lines, tokens };
}

export interface Recall {
  /** Share of the references that are still there; undefined where there are none. */
  readonly v: number | undefined;
  readonly t: number | undefined;
  readonly vNear: number | undefined;
  readonly tNear: number | undefined;
  readonly vFar: number | undefined;
  readonly tFar: number | undefined;
  /** The same by weight. */
  readonly vWeighted: number | undefined;
  readonly tWeighted: number | undefined;
}

export function recallOf(references: readonly Reference[], kept: Kept): Recall {
  const hits = references.map((reference) => ({ reference, isHit: isThere(reference, kept) }));
  const share = (family: Family, isNear?: boolean, weigh = (_: Reference) => 1) => {
    let all = 0;
    let there = 0;
    for (const { reference, isHit } of hits) {
      if (reference.family !== family || (isNear !== undefined && reference.isNear !== isNear)) continue;
      all += weigh(reference);
      if (isHit) there += weigh(reference);
    }
    return all === 0 ? undefined : there / all;
  };
  const weight = (reference: Reference) => reference.weight;
  return {
    v: share("v"),
    t: share("t"),
    vNear: share("v", true),
    tNear: share("t", true),
    vFar: share("v", false),
    tFar: share("t", false),
    vWeighted: share("v", undefined, weight),
    tWeighted: share("t", undefined, weight),
  };
}

export function isThere({ family, text, places }: Reference, { lines, parts }: Kept): boolean {
  const isPlaceKept = ({ shown, anyOf }: Place) =>
    anyOf.every((group) => group.some((line) => lines[shown]![line] === 1));
  return places.some(isPlaceKept) || (family === "t" && parts?.has(text) === true);
}
