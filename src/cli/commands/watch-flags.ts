// In: nothing. Out: the flags that only `plan` and `watch` have.
import type { Flag } from "../flags.ts";

const JSON_FLAG: Flag = { long: "json", section: "Telling", description: "for programs: JSON" };

export const planFlags: readonly Flag[] = [JSON_FLAG];

export const watchFlags: readonly Flag[] = [
  {
    long: "target",
    value: "N|N%",
    section: "When",
    description: "cut down to so many context tokens, or to a share of the window (default: 45%)",
  },
  {
    long: "min-savings",
    value: "N|N%",
    section: "When",
    description: "make no cut that frees less (default: 10% of the window)",
  },
  {
    long: "hold-off",
    value: "SECONDS",
    section: "When",
    description: "leave a session alone for so long after a cut (default: 60)",
  },
  {
    long: "on-ready",
    value: "COMMAND",
    section: "Output",
    description: "run by a shell after each cut, with COMPACT_FILE and COMPACT_OUTPUT",
  },
  { long: "once", section: "When", description: "look once, cut what is due, and end" },
  { long: "status", section: "Telling", description: "print what is known of each session, and end" },
  JSON_FLAG,
];
