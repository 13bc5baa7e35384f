// In: what a compaction would do, when the session wrote last, and prices. Out: what the cut costs, when it pays, and the advice:
// now, at the next idle, at hand-off, or never. Pure: the clock is an argument.
import type { Compaction } from "../compact.ts";
import { type PromptCut, turnsUntilPaid } from "../cost/break-even.ts";
import type { CacheAim } from "../engine/keep-what-pays.ts";
import { contextTokens, isBelowTrigger } from "../engine/limits.ts";
import { promptCutOf } from "../engine/prompt-cut.ts";
import { type SessionTimes, sessionTimes } from "./session-times.ts";

export type Advice = "now" | "next-idle" | "hand-off" | "never";

/** Field names are API. */
export interface CutPlan {
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  readonly freed: number;
  /** Before the first edit: they stay cached. */
  readonly firstEditedToken: number;
  /** From there to the end, before the cut. */
  readonly tokensBehindFirstEdit: number;
  /** Written into the cache again when it is warm. */
  readonly tokensToWrite: number;
  readonly cache: "warm" | "cold" | "unknown";
  /** Since the last line; undefined where no line says when it was written. */
  readonly idleSeconds: number | undefined;
  /** Turns after the next until it has paid for itself, as the cache is now; null for never. */
  readonly turnsUntilPaid: number | null;
  readonly horizon: number;
  readonly advice: Advice;
  /** For people. */
  readonly reason: string;
}

export interface PlanOptions {
  readonly cache: CacheAim;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** A window that is nearly full asks for a cut whether it pays or not. */
  readonly window: number | undefined;
}

/** Undefined for a file that is no transcript, or is several: those have no one prompt. */
export function planCut(compaction: Compaction, options: PlanOptions): CutPlan | undefined {
  if (compaction.status === "unknown-format" || compaction.transcripts !== 1) return undefined;
  const { transcript, prices } = compaction;
  const tokensBefore = contextTokens(transcript, prices);
  const cuts = compaction.status === "compacted" ? compaction.choice.cuts : [];
  const nothing = { tokensBeforeEdit: tokensBefore, tokensBehindEdit: 0, freed: 0 };
  const cut = promptCutOf(transcript, cuts, prices) ?? nothing;
  const times = sessionTimes(transcript.lines);
  const state = cacheState(times, options);
  const turns = turnsUntilPaid(cut, options.cache.prices, state.cache !== "cold");
  const isNearlyFull =
    options.window !== undefined &&
    !isBelowTrigger(tokensBefore, { window: options.window, trigger: undefined });
  return {
    tokensBefore,
    tokensAfter: tokensBefore - cut.freed,
    freed: cut.freed,
    firstEditedToken: cut.tokensBeforeEdit,
    tokensBehindFirstEdit: cut.tokensBehindEdit,
    tokensToWrite: cut.tokensBehindEdit - cut.freed,
    ...state,
    turnsUntilPaid: Number.isFinite(turns) ? turns : null,
    horizon: options.cache.horizon,
    ...adviceFor({ cut, turns, cache: state.cache, times, isNearlyFull }, options.cache),
  };
}

/** A time that lies ahead says that some clock is wrong: then nothing is known. */
function cacheState(
  { last }: SessionTimes,
  { now, cache }: PlanOptions,
): Pick<CutPlan, "cache" | "idleSeconds"> {
  if (last === undefined || last > now) return { cache: "unknown", idleSeconds: undefined };
  const idleSeconds = Math.round((now - last) / 1000);
  return { cache: idleSeconds < cache.prices.lifetimeSeconds ? "warm" : "cold", idleSeconds };
}

interface Situation {
  readonly cut: PromptCut;
  readonly turns: number;
  readonly cache: CutPlan["cache"];
  readonly times: SessionTimes;
  readonly isNearlyFull: boolean;
}

/** The first rule that applies. What is not known counts as warm. */
function adviceFor(
  { cut, turns, cache, times, isNearlyFull }: Situation,
  { prices, horizon }: CacheAim,
): { readonly advice: Advice; readonly reason: string } {
  const hasIdled = times.longestPause >= prices.lifetimeSeconds * 1000;
  const rules: readonly [applies: boolean, advice: Advice, reason: string][] = [
    [cut.freed === 0, "never", "there is nothing to free"],
    [isNearlyFull, "now", "the window is nearly full"],
    [cache === "cold", "now", "the cache is cold: all is written again anyway"],
    [turns === 0, "now", "the next turn is already no dearer"],
    [turns <= horizon, "now", `it pays within ${horizon} turns`],
    [!Number.isFinite(turns), "never", "what is left would be too short to be cached"],
    [
      hasIdled,
      "next-idle",
      `it does not pay within ${horizon} turns, and this session pauses until its cache is cold`,
    ],
    [
      true,
      "hand-off",
      `it does not pay within ${horizon} turns: a resume or a fork begins with a cold cache`,
    ],
  ];
  const [, advice, reason] = rules.find(([applies]) => applies)!;
  return { advice, reason };
}
