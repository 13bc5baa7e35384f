// The whole flow, from the bytes of a transcript to the bytes of a smaller one, in ten calls. Pure: whoever calls writes, the
// store first. Throws BrokenPromiseError when a result would break a promise; then nothing may be written.
import type { Undo } from "./artifacts/undo.ts";
import type { Config } from "./config/config.ts";
import { apply } from "./engine/apply.ts";
import { Cutters } from "./engine/block-cutter.ts";
import { type Choice, choose } from "./engine/choose.ts";
import { checkInvariants } from "./engine/invariants/index.ts";
import { contextTokens, isBelowTrigger, originalContextTokens, tokensOf } from "./engine/limits.ts";
import { Prices } from "./engine/prices.ts";
import { collectProposals } from "./engine/proposals.ts";
import { protect } from "./engine/protection.ts";
import { reread } from "./engine/reread.ts";
import { detectFormat, readTranscript } from "./formats/index.ts";
import { frameLines } from "./jsonl/frame.ts";
import { tokenCounter } from "./tokens/index.ts";
import type { Transcript } from "./transcript/types.ts";

/** What became of one transcript. */
export type Compaction = UnknownFormat | BelowTrigger | Compacted;

/** No format recognises the file: it passes through as it is. */
export interface UnknownFormat {
  readonly status: "unknown-format";
  readonly chunks: readonly Buffer[];
}

/** The context is smaller than the trigger asks for: the file passes through as it is. */
export interface BelowTrigger {
  readonly status: "below-trigger";
  readonly chunks: readonly Buffer[];
  readonly transcript: Transcript;
  /** For people: how the format was found. */
  readonly reason: string;
  readonly prices: Prices;
}

export interface Compacted {
  readonly status: "compacted";
  readonly chunks: readonly Buffer[];
  readonly transcript: Transcript;
  readonly reason: string;
  readonly prices: Prices;
  readonly choice: Choice;
  readonly undo: Undo;
  /** The budget in tokens, where one was given and could not be met. */
  readonly missedBudget: number | undefined;
}

/**
 * Compacts one transcript.
 *
 * @param source the bytes of the file, in any encoding a harness wrote; never changed
 * @throws BrokenPromiseError naming the invariant, the line and what is wrong
 */
export function compact(source: Buffer, config: Config): Compaction {
  const lines = frameLines(source);
  const detection = config.format ? { format: config.format, reason: "as told" } : detectFormat(lines);
  if (detection === undefined) return { status: "unknown-format", chunks: [source] };

  const transcript = readTranscript(source, lines, detection.format);
  const prices = new Prices(tokenCounter(config.tokenizer));
  const { reason } = detection;
  if (isBelowTrigger(contextTokens(transcript, prices), config)) {
    return { status: "below-trigger", chunks: [source], transcript, reason, prices };
  }

  const protection = protect(transcript, config.protect, prices);
  const cutters = new Cutters(transcript, prices, config.withRefs);
  const proposals = collectProposals(transcript, config.steps, { prices, protection, cutters });
  const budget = tokensOf(config.budget, originalContextTokens(transcript, prices));
  const choice = choose(transcript, proposals, protection, prices, { budget, cutters });
  const output = apply(transcript, choice.cuts);
  const changed = reread(choice.cuts, output);
  checkInvariants({ transcript, protection, prices, cuts: choice.cuts, output, changed });

  const missedBudget = budget !== undefined && choice.tokensAfter > budget ? budget : undefined;
  const { chunks, undo } = output;
  return { status: "compacted", chunks, transcript, reason, prices, choice, undo, missedBudget };
}
