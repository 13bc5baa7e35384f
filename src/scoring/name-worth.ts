// In: the lines of all blocks with their worths, and what the agent wrote. Out: the worths, with something added for names that nobody
// has written yet: each to the one line that keeps it at the least cost. Without it, one line of many that hold a path would be as
// good as the only one.
import type { BlockLines } from "./block-lines.ts";
import { Names } from "./names.ts";
import { NAME_SHARE } from "./weights.ts";

export interface ScoredLines {
  readonly lines: BlockLines;
  readonly worth: Float64Array;
}

/**
 * @param written what people and the agent wrote: names in it are not lost with an observation
 * @param now how many observations there are
 */
export function addNameWorths(scored: readonly ScoredLines[], written: Iterable<string>, now: number): void {
  const names = new Names();
  for (const text of written) names.read(text, 0, text.length);
  const known = names.count;
  const holders = findHolders(scored, names, known);
  const chances = new Float64Array(holders.length);
  let sum = 0;
  for (let i = 0; i < chances.length; i++) {
    const { lines, observations, newest } = holders[i]!;
    // A name on many lines of few observations, one of them new, is what work is about.
    chances[i] = (1 + lines) ** 0.37 * (1 + observations) ** -0.47 * (now - newest) ** -0.62;
    sum += chances[i]!;
  }
  for (let i = 0; i < chances.length; i++) {
    const { block, line } = holders[i]!;
    scored[block]!.worth[line]! += (NAME_SHARE * chances[i]! * chances.length) / sum;
  }
}

/** Where one name stands. */
interface Holder {
  lines: number;
  observations: number;
  newest: number;
  /** The line that is worth most by its length, as position of its block and number. */
  block: number;
  line: number;
  value: number;
}

/** The lines of one observation follow each other in `scored`. */
function findHolders(scored: readonly ScoredLines[], names: Names, known: number): Holder[] {
  const holders: Holder[] = [];
  const lastObservation: number[] = [];
  scored.forEach(({ lines: { text, starts, ends, index }, worth }, block) => {
    for (let line = 0; line < worth.length; line++) {
      names.read(text, starts[line]!, ends[line]!);
      const value = worth[line]! / (ends[line]! - starts[line]! + 1);
      for (let i = 0; i < names.foundCount; i++) {
        const name = names.found[i]! - known;
        if (name < 0) continue;
        holders[name] ??= { lines: 0, observations: 0, newest: index, block, line, value };
        const holder = holders[name];
        holder.lines++;
        if (lastObservation[name] !== index) holder.observations++;
        lastObservation[name] = index;
        if (index > holder.newest) holder.newest = index;
        if (value > holder.value) Object.assign(holder, { block, line, value });
      }
    }
  });
  return holders;
}
