// In: nothing. Out: the flags that only `report` has.
import type { Flag } from "../flags.ts";

export const reportFlags: readonly Flag[] = [
  {
    long: "merge",
    section: "Reading",
    description: "the files are reports, as json or ndjson: put them together",
  },
  {
    long: "recall",
    value: "FILE",
    section: "Telling",
    description: "what `compact evaluate --json` printed of the same files: recall beside reduction",
  },
];
