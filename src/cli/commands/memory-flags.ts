// In: nothing. Out: the flags of the commands that remember. The parser and the help of each command are made from these lists.
import type { Flag } from "../flags.ts";

const section = "Telling";

export const factsFlags: readonly Flag[] = [
  { long: "json", section, description: "everything, with the source of each statement" },
  { long: "md", section, description: "Markdown (default)" },
  {
    long: "since",
    value: "LINE|DATE",
    section,
    description: "what was stated or changed there or later: 120, 2026-11-20",
  },
  {
    long: "max-tokens",
    value: "N",
    section,
    description: "a ledger of at most so many tokens, as Markdown",
  },
];
