// In: what sessions came to under each policy. Out: the same with what all of them came to together.
import type { CachePrices } from "../../cost/cache-prices.ts";
import type { PolicyResult, Replay, SessionResult, Sums } from "./measure.ts";
import { NONE } from "./policies/none.ts";

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
