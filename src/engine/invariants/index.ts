// The registry of invariants, and the check that every run goes through before anything is written.
import type { Invariant, Run, Violation } from "./invariant.ts";
import { neverLarger } from "./never-larger.ts";
import { protectedText } from "./protected-text.ts";
import { readableMarkers } from "./readable-markers.ts";
import { restorable } from "./restorable.ts";
import { untouchedBytes } from "./untouched-bytes.ts";
import { validStructure } from "./valid-structure.ts";
import { verbatim } from "./verbatim.ts";

export const invariants: readonly Invariant[] = [
  untouchedBytes,
  validStructure,
  verbatim,
  protectedText,
  neverLarger,
  readableMarkers,
  restorable,
];

/** A promise would have been broken: the file is not written. */
export class BrokenPromiseError extends Error {
  override readonly name = "BrokenPromiseError";
  readonly invariant: string;
  readonly violation: Violation;
  constructor(invariant: Invariant, violation: Violation) {
    const { line, message } = violation;
    super(
      `line ${line}: ${message}; this breaks a promise (${invariant.promise}) and is a defect of compact`,
    );
    this.invariant = invariant.name;
    this.violation = violation;
  }
}

/** @throws BrokenPromiseError with the first violation */
export function checkInvariants(run: Run): void {
  for (const invariant of invariants) {
    const violation = invariant.check(run)[0];
    if (violation !== undefined) throw new BrokenPromiseError(invariant, violation);
  }
}
