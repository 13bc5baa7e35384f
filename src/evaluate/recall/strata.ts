// In: references and what is left. Out: recall by what the references come from and by how soon they were used: a mean hides both.
import type { CommandKind } from "../../transcript/command-kind.ts";
import { isThere, type Kept } from "./kept.ts";
import type { Family, Reference } from "./reference.ts";

/** The references of one family that have something in common, and how many of them are still there. */
export interface Stratum {
  readonly name: string;
  readonly family: Family;
  readonly references: number;
  readonly there: number;
}

const SOURCES: readonly CommandKind[] = [
  "read",
  "list",
  "edit",
  "run",
  "git",
  "test",
  "report",
  "web",
  "unknown",
];

/** In steps after the cut; the last is none. */
export const HORIZONS: readonly number[] = [1, 5, 20, Number.POSITIVE_INFINITY];

const STRATA: readonly { readonly name: string; readonly has: (reference: Reference) => boolean }[] = [
  ...HORIZONS.map((most) => ({
    name: Number.isFinite(most) ? `used within ${most} ${most === 1 ? "step" : "steps"}` : "used at any time",
    has: ({ stepsUntil }: Reference) => stepsUntil <= most,
  })),
  ...SOURCES.map((kind) => ({
    name: `from ${kind === "unknown" ? "other tools" : kind}`,
    has: ({ source }: Reference) => source === kind,
  })),
];

/** Those without references are left out. */
export function strataOf(references: readonly Reference[], kept: Kept): Stratum[] {
  const judged = references.map((reference) => ({ reference, isThere: isThere(reference, kept) }));
  return STRATA.flatMap(({ name, has }) =>
    (["v", "t"] as const).flatMap((family): Stratum[] => {
      const own = judged.filter(({ reference }) => reference.family === family && has(reference));
      const there = own.filter(({ isThere }) => isThere).length;
      return own.length === 0 ? [] : [{ name, family, references: own.length, there }];
    }),
  );
}

/** Of many cuts, every reference counted once a cut. */
export function addStrata(cuts: readonly (readonly Stratum[])[]): Stratum[] {
  const all = cuts.flat();
  return STRATA.flatMap(({ name }) =>
    (["v", "t"] as const).flatMap((family): Stratum[] => {
      const own = all.filter((one) => one.name === name && one.family === family);
      const sum = (of: (one: Stratum) => number) => own.reduce((total, one) => total + of(one), 0);
      if (own.length === 0) return [];
      return [{ name, family, references: sum((one) => one.references), there: sum((one) => one.there) }];
    }),
  );
}
