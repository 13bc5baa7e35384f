// In: nothing. Out: what the metric asks for, as types.
import type { CommandKind } from "../../transcript/command-kind.ts";
import type { TokenKind } from "./typed-tokens.ts";

/** V: verbatim. T: typed tokens. Never one number: a selection that knows the patterns of T gains nothing in V. */
export type Family = "v" | "t";

export type ReferenceKind = "line" | "edit" | "quote" | "location" | TokenKind;

/** Something that the agent used after the cut and could only have known from observations before it. */
export interface Reference {
  readonly family: Family;
  readonly kind: ReferenceKind;
  readonly text: string;
  /** By use and rarity; those of a family do not add up to 1. */
  readonly weight: number;
  /** Seen in the last 10 steps before the cut as well. */
  readonly isNear: boolean;
  /** Steps from the cut to its first use. */
  readonly stepsUntil: number;
  /** What kind of operation showed it last. */
  readonly source: CommandKind;
  /** It is still there when one of these is. */
  readonly places: readonly Place[];
}

/** Lines of one observation: of each group one must stay. */
export interface Place {
  /** Index among the shown ones. */
  readonly shown: number;
  readonly anyOf: readonly (readonly number[])[];
}
