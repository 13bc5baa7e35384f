// In: a transcript that may be large. Out: whether something was moved out of it, and whether the agent has been told. Reads from the
// end, since what is live stands there, and never longer than an agent should wait.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** In bytes. */
const PIECE = 1 << 20;
/** In milliseconds: about 100 MB on a machine of today. */
const PATIENCE = 40;

const BLOCK_MARKER = /\[compact get [0-9a-f]{8}: /;

export interface Markers {
  readonly found: boolean;
  /** Whether `hint` stands in it. */
  readonly told: boolean;
}

/** @param hint a text that JSON does not escape */
export function scanForMarkers(path: string, hint: string): Markers {
  const descriptor = openSync(path, "r");
  try {
    const deadline = performance.now() + PATIENCE;
    let found = false;
    let told = false;
    // Pieces overlap, so that nothing is missed that lies across two.
    const overlap = Math.max(64, hint.length);
    for (let end = fstatSync(descriptor).size; end > 0 && !(found && told); end -= PIECE) {
      const start = Math.max(0, end - PIECE - overlap);
      const piece = Buffer.alloc(end - start);
      const text = piece.toString("latin1", 0, readSync(descriptor, piece, 0, piece.length, start));
      found ||= BLOCK_MARKER.test(text);
      told ||= text.includes(hint);
      if (performance.now() > deadline) break;
    }
    return { found, told };
  } finally {
    closeSync(descriptor);
  }
}
