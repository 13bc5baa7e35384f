// In: the bytes of files, and policies. Out: what each session would have come to under each policy, and all of them together.
import type { CachePrices } from "../../cost/cache-prices.ts";
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

export interface PolicyTotal extends Sums {
  readonly policy: string;
  readonly source: string;
  readonly peak: number;
  readonly cuts: number;
  readonly wasted: number;
  /** Sessions in which it fits the window, is the cheapest of those that do, and is dearer than doing nothing. */
  readonly fits: number;
  readonly cheapest: number;
  readonly dearer: number;
}

export interface ReplayResult {
  readonly version: 1;
  readonly window: number;
  readonly horizon: number;
  readonly prices: CachePrices;
  readonly sessions: readonly SessionResult[];
  readonly total: readonly PolicyTotal[];
}

/** @returns undefined for a file in no known format */
export function replayFile(path: string, source: Buffer, setup: Replay): SessionResult[] | undefined {
  const format = setup.format ?? detectFormat(frameLines(source))?.format;
  if (format === undefined) return undefined;
  return recordedSessions(source, format).flatMap((session, index, all) => {
    const prices = new Prices(tokenCounter(setup.tokenizer));
    const tokens = session.transcript.blocks.reduce((sum, block) => sum + prices.tokens(block), 0);
    if (tokens < setup.minTokens) return [];
    const { cache, window } = setup;
    const runs = setup.policies.map((policy) => replay(policy, { session, prices, cache, window }));
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
  const balance = requests.map(({ cost }, index) => (over += cost - (none.requests[index]?.cost ?? 0)));
  const at = cuts.map(({ request }) => balance[Math.min(request + horizon, balance.length - 1)] ?? 0);
  return Math.max(0, ...at);
}

export function resultOf(sessions: readonly SessionResult[], { window, cache }: Replay): ReplayResult {
  const { prices, horizon } = cache;
  const first = sessions[0]?.policies ?? [];
  const total = first.map(({ policy, source }, index) => {
    const runs = sessions.flatMap(({ policies }) => policies[index] ?? []);
    const sum = (value: (run: PolicyResult) => number) => runs.reduce((all, run) => all + value(run), 0);
    const nothing = sessions.map(({ policies }) => policies.find((one) => one.policy === NONE)?.cost ?? 0);
    return {
      policy,
      source,
      input: sum(({ input }) => input),
      cacheRead: sum(({ cacheRead }) => cacheRead),
      cacheWrite: sum(({ cacheWrite }) => cacheWrite),
      uncached: sum(({ uncached }) => uncached),
      cost: sum(({ cost }) => cost),
      peak: Math.max(...runs.map(({ peak }) => peak)),
      cuts: sum(({ cuts }) => cuts.length),
      wasted: sum(({ wasted }) => wasted),
      fits: runs.filter(({ fits }) => fits).length,
      cheapest: runs.filter(({ isCheapest }) => isCheapest).length,
      dearer: runs.filter(({ cost }, session) => cost > (nothing[session] ?? 0)).length,
    };
  });
  return { version: 1, window, horizon, prices, sessions, total };
}
