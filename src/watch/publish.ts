// In: what a transcript should become, and another place for it. Out: the result there, with all that is appended up to now; the
// transcript itself stays as it is.
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { writeFilesAtomically } from "../artifacts/atomic-write.ts";
import { hashPrefix, readFrom } from "./byte-range.ts";
import type { Replacement, SwapOutcome } from "./swap.ts";

/** For `-o`: transcripts hold secrets, so nobody else may read the result. */
export function publishAt(output: string): (replacement: Replacement) => SwapOutcome {
  return ({ path, beginning, chunks }) => {
    const descriptor = openSync(path, "r");
    try {
      if (hashPrefix(descriptor, beginning.bytes) !== beginning.sha256) return { status: "changed" };
      const appended = readFrom(descriptor, beginning.bytes);
      mkdirSync(dirname(output), { recursive: true });
      writeFilesAtomically([{ path: output, chunks: [...chunks, appended], mode: 0o600 }]);
      return { status: "swapped", appended: appended.length };
    } finally {
      closeSync(descriptor);
    }
  };
}
