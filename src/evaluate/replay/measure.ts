// In: the bytes of a file, and policies. Out: what each session in it would have come to under each policy.
import type { PricedRequest } from "../../cost/request.ts";
import type { CacheAim } from "../../engine/keep-what-pays.ts";
import { Prices } from "../../engine/prices.ts";
import type { Format } from "../../formats/format.ts";
import { detectFormat } from "../../formats/index.ts";
import { frameLines } from "../../jsonl/frame.ts";
import { type TokenizerName, tokenCounter } from "../../tokens/index.ts";
import type { LedgerCut } from "./cut-ledger.ts";
import { NONE } from "./policies/none.ts";
import type { Policy } from "./policies/policy.ts";
import { recordedSessions } from "./recorded-session.ts";
import { type PolicyRun, replay } from "./run.ts";

export interface Replay {
  readonly policies: readonly Policy[];
  readonly cache: CacheAim;
  /** Of the model, in tokens. */
  readonly window: number;
  /** Sessions of fewer context tokens are left out. */
  readonly minTokens: number;
  readonly format: Format | undefined;
  readonly tokenizer: TokenizerName;
}

/** Sums over requests, in tokens; `cost` in tokens that no cache has. */
export interface Sums {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly uncached: number;
  readonly cost: number;
}

/** Field names are API. */
export interface PolicyResult extends Sums {
  readonly policy: string;
  readonly source: string;
  /** The largest prompt, in tokens. */
  readonly peak: number;
  /** No prompt is larger than the window. */
  readonly fits: boolean;
  /** Of the policies that fit, none costs less. */
  readonly isCheapest: boolean;
  /** Cost less that of doing nothing, at the worst: at the horizon behind a cut, or at the end where that comes first. */
  readonly overNone: number;
  readonly cuts: readonly LedgerCut[];
  readonly wasted: number;
  /** Context tokens of each request. */
  readonly context: readonly number[];
}

export interface SessionResult {
  readonly path: string;
  readonly format: string;
  /** Context tokens at the end, had nobody ever taken anything away. */
  readonly tokens: number;
  readonly requests: number;
  /** Compactions of the harness that were undone. */
  readonly undone: number;
  readonly policies: readonly PolicyResult[];
}

/** @returns undefined for a file in no known format */
export function replayFile(path: string, source: Buffer, setup: Replay): SessionResult[] | undefined {
  const format = setup.format ?? detectFormat(frameLines(source))?.format;
  if (format === undefined) return undefined;
  return recordedSessions(source, format).flatMap((session, index, all) => {
    const prices = new Prices(tokenCounter(setup.tokenizer));
    const tokens = session.transcript.blocks.reduce((sum, block) => sum + prices.tokens(block), 0);
    if (tokens < setup.minTokens) return [];
    const { cache } = setup;
    const runs = setup.policies.map((policy) => replay(policy, { session, prices, cache }));
    const requests = runs[0]?.requests.length ?? 0;
    const name = all.length === 1 ? path : `${path}:${index + 1}`;
    const policies = results(runs, setup);
    return requests === 0
      ? []
      : [{ path: name, format: format.name, tokens, requests, undone: session.undone, policies }];
  });
}

function results(runs: readonly PolicyRun[], { policies, window, cache }: Replay): PolicyResult[] {
  const all = runs.map((run, index) => ({
    policy: run.policy,
    source: policies[index]?.source ?? "",
    ...sumsOf(run.requests),
    peak: run.requests.reduce((most, { input }) => Math.max(most, input), 0),
    overNone: overNone(run, runs.find(({ policy }) => policy === NONE) ?? run, cache.horizon),
    cuts: run.cuts,
    wasted: run.cuts.filter(({ paidAfter }) => paidAfter === undefined).length,
    context: run.requests.map(({ input }) => input),
  }));
  const lowest = Math.min(...all.filter(({ peak }) => peak <= window).map(({ cost }) => cost));
  return all.map((one) => {
    const fits = one.peak <= window;
    return { ...one, fits, isCheapest: fits && one.cost <= lowest };
  });
}

function sumsOf(requests: readonly PricedRequest[]): Sums {
  const sum = (name: keyof Sums) => requests.reduce((all, one) => all + one[name], 0);
  return {
    input: sum("input"),
    cacheRead: sum("cacheRead"),
    cacheWrite: sum("cacheWrite"),
    uncached: sum("uncached"),
    cost: sum("cost"),
  };
}

function overNone({ requests, cuts }: PolicyRun, none: PolicyRun, horizon: number): number {
  let over = 0;
  const balance = requests.map(({ cost }, index) => {
    over += cost - (none.requests[index]?.cost ?? 0);
    return over;
  });
  const at = cuts.map(({ request }) => balance[Math.min(request + horizon, balance.length - 1)] ?? 0);
  return Math.max(0, ...at);
}
