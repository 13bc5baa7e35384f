// In: cases. Out: their lines as one sample. A kind of transcript counts by the square root of its cuts, in it every case the same, and
// in a case what is needed as much as what is not: then the odds that a model gives compare lines of one transcript, which is all
// that a selection does.
import { WIDTH } from "../../src/scoring/line-features.ts";
import type { Sample } from "./boost.ts";
import type { Case } from "./cases.ts";

/** Lines that nobody needs are alike: so many of a case, evenly spread, say as much as all. */
const IDLE_LINES = 800;

export function sampleOf(cases: readonly Case[]): Sample {
  const ofFormat = new Map<string, number>();
  for (const { format } of cases) ofFormat.set(format, (ofFormat.get(format) ?? 0) + 1);
  const parts = cases.map((one) => rowsOf(one, 1 / Math.sqrt(ofFormat.get(one.format)!)));
  const count = parts.reduce((sum, { isNeeded }) => sum + isNeeded.length, 0);
  const sample: Sample = {
    values: new Float32Array(count * WIDTH),
    isNeeded: new Uint8Array(count),
    weight: new Float64Array(count),
  };
  let row = 0;
  for (const { values, isNeeded, weight } of parts) {
    sample.values.set(values, row * WIDTH);
    sample.isNeeded.set(isNeeded, row);
    sample.weight.set(weight, row);
    row += isNeeded.length;
  }
  return sample;
}

function rowsOf({ observations, references }: Case, share: number): Sample {
  const needed = neededLines({ observations, references });
  const lines = observations.flatMap(({ isNewest }, at) =>
    [...isNewest.keys()].flatMap((line) =>
      isNewest[line] === 1 ? [{ at, line, need: needed[at]![line]! }] : [],
    ),
  );
  const wanted = lines.filter(({ need }) => need > 0);
  const idle = spread(lines.filter(({ need }) => need === 0));
  const picked = wanted.length === 0 ? [] : [...wanted, ...idle];
  const need = wanted.reduce((sum, row) => sum + row.need, 0);
  const values = new Float32Array(picked.length * WIDTH);
  picked.forEach(({ at, line }, row) => {
    values.set(observations[at]!.values.subarray(line * WIDTH, (line + 1) * WIDTH), row * WIDTH);
  });
  return {
    values,
    isNeeded: Uint8Array.from(picked, (row) => (row.need > 0 ? 1 : 0)),
    weight: Float64Array.from(picked, (row) => share * (row.need > 0 ? row.need / need : 1 / idle.length)),
  };
}

function spread<Row>(rows: readonly Row[]): Row[] {
  const count = Math.min(IDLE_LINES, rows.length);
  return Array.from({ length: count }, (_, i) => rows[Math.floor((i * rows.length) / count)]!);
}

/** Of each reference of family V the newest place; an anchor of many lines weighs as much as a line. */
function neededLines({
  observations,
  references,
}: Pick<Case, "observations" | "references">): Float64Array[] {
  const needed = observations.map(({ prices }) => new Float64Array(prices.length));
  for (const { family, places } of references) {
    const newest = places.at(-1);
    if (family !== "v" || newest === undefined) continue;
    for (const [line] of newest.anyOf) needed[newest.shown]![line!]! += 1 / newest.anyOf.length;
  }
  return needed;
}
