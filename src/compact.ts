// The whole flow, from the bytes of a file to the bytes of a smaller one: read its transcripts, compact each in ten calls, join
// them again. Pure: whoever calls writes, the store first.
import type { Config } from "./config/config.ts";
import { apply } from "./engine/apply.ts";
import { Cutters } from "./engine/block-cutter.ts";
import { choose } from "./engine/choose.ts";
import type { BelowTrigger, Compacted, Compaction } from "./engine/compaction.ts";
import { checkInvariants } from "./engine/invariants/index.ts";
import { joinCompactions } from "./engine/join-compactions.ts";
import { keepWhatPays } from "./engine/keep-what-pays.ts";
import { contextTokens, isBelowTrigger, originalContextTokens, tokensOf } from "./engine/limits.ts";
import { Prices } from "./engine/prices.ts";
import { collectProposals, withoutAims } from "./engine/proposals.ts";
import { protect } from "./engine/protection.ts";
import { reread } from "./engine/reread.ts";
import { explainRest } from "./engine/what-stays.ts";
import { detectFormat, readTranscripts } from "./formats/index.ts";
import { frameLines } from "./jsonl/frame.ts";
import { tokenCounter } from "./tokens/index.ts";
import type { Transcript } from "./transcript/types.ts";

export type { BelowTrigger, Compacted, Compaction } from "./engine/compaction.ts";

/**
 * Compacts one file: mostly one transcript, in some formats one a line.
 *
 * @param source the bytes of the file, in any encoding a harness wrote; never changed
 * @throws BrokenPromiseError naming the invariant, the line and what is wrong
 */
export function compact(source: Buffer, config: Config): Compaction {
  const lines = frameLines(source);
  const detection = config.format ? { format: config.format, reason: "as told" } : detectFormat(lines);
  if (detection === undefined) return { status: "unknown-format", chunks: [source] };

  const { format, reason } = detection;
  const prices = new Prices(tokenCounter(config.tokenizer));
  const parts = Array.from(readTranscripts(source, lines, format), (transcript) =>
    compactTranscript(transcript, config, prices, reason),
  );
  return joinCompactions(source, parts, { format, reason, prices, lines });
}

/** Compacts one transcript of a file; what it needs to know of the others is nothing. */
export function compactTranscript(
  transcript: Transcript,
  config: Config,
  prices: Prices,
  reason: string,
): BelowTrigger | Compacted {
  const read = { transcript, transcripts: 1, reason, prices };
  if (isBelowTrigger(contextTokens(transcript, prices), config)) {
    return { status: "below-trigger", chunks: [transcript.source], ...read };
  }

  const budget = tokensOf(config.budget, originalContextTokens(transcript, prices));
  const isCareful = config.tier === "careful" && budget !== undefined;
  const protection = protect(transcript, config.protect, prices, isCareful);
  const cutters = new Cutters(transcript, prices, config.withRefs);
  const steps = budget === undefined ? config.steps : withoutAims(config.steps);
  const proposals = collectProposals(transcript, steps, { prices, protection, cutters });
  const chosen = choose(transcript, proposals, protection, prices, { budget, cutters });
  const choice = config.cacheAware ? keepWhatPays(transcript, chosen, prices, config.cache) : chosen;
  const output = apply(transcript, choice.cuts);
  const changed = reread(choice.cuts, output);
  checkInvariants({ transcript, protection, prices, cuts: choice.cuts, output, changed });
  prices.forgetLines();

  const missedBudget = budget !== undefined && choice.tokensAfter > budget ? budget : undefined;
  const whatStays =
    missedBudget === undefined ? [] : explainRest(transcript, choice.cuts, protection, prices);
  return {
    status: "compacted",
    chunks: output.chunks,
    ...read,
    choice,
    undo: output.undo,
    missedBudget,
    whatStays,
  };
}
