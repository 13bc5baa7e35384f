// In: a transcript to which a session may be writing. Out: the same compacted, with what was appended meanwhile; or left as it is,
// and why. The store first, then the file. Nothing here waits for the session, and the session waits for nothing here.
import { closeSync, openSync } from "node:fs";
import type { Store } from "../artifacts/store.ts";
import { type Compaction, compact } from "../compact.ts";
import type { Config } from "../config/config.ts";
import { contextTokens } from "../engine/limits.ts";
import { saveRemoved } from "../save-removed.ts";
import { readFrom } from "./byte-range.ts";
import { leaveReady } from "./ready.ts";
import { finishReplacing, type Replacement, type SwapOutcome, swap } from "./swap.ts";

const LINE_FEED = 10;

export type LiveOutcome =
  | { readonly status: "unknown-format" }
  /** Below the trigger, or the cut frees less than it has to; `freed` says how much it would. */
  | { readonly status: "not-worth-it"; readonly tokens: number; readonly freed: number }
  /** @param bytes of the compacted beginning: what the session appended comes behind */
  | (SwapOutcome & { readonly tokens: number; readonly freed: number; readonly bytes: number });

export interface LiveOptions {
  /** A cut that frees fewer context tokens is not made. */
  readonly minimumSavings: number;
  /** Puts the result elsewhere instead of in place. */
  readonly publish?: (replacement: Replacement) => SwapOutcome;
}

/** @throws BrokenPromiseError; LockedError; the error of the file system. In every case the file is as it was */
export async function compactLive(
  path: string,
  config: Config,
  store: Store,
  options: LiveOptions,
): Promise<LiveOutcome> {
  finishReplacing([path]);
  const source = wholeLines(path);
  const compaction = compact(source, config);
  if (compaction.status === "unknown-format") return { status: "unknown-format" };
  const tokens = contextTokens(compaction.transcript, compaction.prices);
  const freed = freedBy(compaction, tokens);
  if (compaction.status === "below-trigger" || freed <= 0 || freed < options.minimumSavings) {
    return { status: "not-worth-it", tokens, freed };
  }
  await saveRemoved(compaction, store);
  const replacement = { path, beginning: compaction.undo.input, chunks: compaction.chunks };
  const outcome = (options.publish ?? swap)(replacement);
  if (outcome.status === "held") leaveReady(store, replacement);
  return { ...outcome, tokens, freed, bytes: compaction.undo.output.bytes };
}

/** What the cut frees, in context tokens; 0 for one that only frees bytes. */
function freedBy(compaction: Compaction, tokens: number): number {
  return compaction.status === "compacted" ? tokens - compaction.choice.tokensAfter : 0;
}

/** Without a last line that is still being written. */
function wholeLines(path: string): Buffer {
  const descriptor = openSync(path, "r");
  try {
    const bytes = readFrom(descriptor, 0);
    return bytes.subarray(0, bytes.lastIndexOf(LINE_FEED) + 1);
  } finally {
    closeSync(descriptor);
  }
}
