// In: nothing. Out: the flags of `compact gc`. The parser and its help are made from this list.
import type { Flag } from "../flags.ts";

export const gcFlags: readonly Flag[] = [
  {
    long: "keep",
    value: "GLOB",
    repeats: true,
    section: "What goes",
    description: "the transcripts that count: what none of them needs goes (repeatable)",
  },
];
