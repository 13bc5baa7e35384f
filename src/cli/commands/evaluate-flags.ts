// In: nothing. Out: the flags that only `evaluate` has.
import type { Flag } from "../flags.ts";
import { replayFlags } from "./replay-flags.ts";

export const evaluateFlags: readonly Flag[] = [
  {
    long: "budgets",
    value: "LIST",
    section: "What goes",
    description: "shares of the observation tokens to compact to (default: 10%,20%,30%,50%)",
  },
  {
    long: "presets",
    value: "LIST",
    section: "What goes",
    description: "presets to measure as they are; budgets use the first (default: balanced)",
  },
  {
    long: "baselines",
    section: "Telling",
    description: "measure other methods at the same tokens, a ceiling among them",
  },
  {
    long: "min-recall-v",
    value: "N",
    section: "Telling",
    description: "end with 1 where recall V of a named budget or preset is lower, such as 0.8",
  },
  {
    long: "curve",
    value: "FILE",
    section: "Telling",
    description: "draw recall over what is kept: .svg, or .html with the tables",
  },
  { long: "json", section: "Telling", description: "for programs: JSON" },
  ...replayFlags,
];
