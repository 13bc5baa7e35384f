// In: requests in order, some of them behind a cut. Out: of each cut when it had paid for itself: when the same requests without it
// would have cost as much. Looked at up to the next cut, the horizon or the end.
import { type PricedRequest, priceRequest } from "../../cost/request.ts";
import type { CacheAim } from "../../engine/keep-what-pays.ts";

export interface LedgerCut {
  /** Index of the request before which it was made. */
  readonly request: number;
  /** In tokens. */
  readonly freed: number;
  /** Requests after that one until it had paid for itself; undefined for a cut that was wasted. */
  readonly paidAfter: number | undefined;
}

interface Entry {
  readonly request: number;
  readonly priced: PricedRequest;
  readonly isCold: boolean;
  readonly cut: { readonly freed: number; readonly sent: number } | undefined;
}

export function cutLedger({ prices, horizon }: CacheAim): { add(entry: Entry): void; cuts(): LedgerCut[] } {
  const cuts: (LedgerCut & { paidAfter: number | undefined; balance: number })[] = [];
  return {
    add({ request, priced, isCold, cut }) {
      if (cut !== undefined) cuts.push({ request, freed: cut.freed, paidAfter: undefined, balance: 0 });
      const open = cuts.at(-1);
      if (open === undefined || open.paidAfter !== undefined || request - open.request > horizon) return;
      const cached = isCold ? 0 : (cut?.sent ?? priced.cacheRead + open.freed);
      open.balance += priceRequest(priced.input + open.freed, cached, prices).cost - priced.cost;
      if (open.balance >= 0) open.paidAfter = request - open.request;
    },
    cuts: () => cuts.map(({ balance: _, ...cut }) => cut),
  };
}
