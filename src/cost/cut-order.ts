// In: limits, and what is known of a session at a moment. Out: whether to cut it now, and how. The same rule for sessions that are
// watched and for those that are replayed. Pure.
//
// A cut is made at the latest when the window is nearly full. Before that it is made when it costs nothing, because no cache holds the
// prompt any more; and, for those who count the cost, as soon as it pays. To wait for the full window is dearer: on long sessions all
// that could go is read again with each request until then.

export interface CutLimits {
  /** Context tokens from which on a session is cut, whatever that costs. */
  readonly trigger: number;
  /** Context tokens that such a cut goes down to. */
  readonly target: number;
  /** A cut that frees fewer is not made: small steps break the cache again and again. */
  readonly minimumSavings: number;
  /** Whether a session is cut as soon as that pays, and as far as the stages go by themselves. */
  readonly isCacheAware: boolean;
}

/** Why now. */
export type Occasion = "window" | "cold" | "pays";

export interface CutOrder {
  readonly occasion: Occasion;
  /** Context tokens to get down to; undefined: as far as the stages go by themselves. */
  readonly target: number | undefined;
  /** Less is not worth it, in tokens. */
  readonly leastFreed: number;
  /** Whether only what pays within the horizon may go. */
  readonly hasToPay: boolean;
}

export interface SessionSize {
  readonly tokens: number;
  /** After the last cut, or when one was tried that freed too little; 0 before. */
  readonly sizeThen: number;
  /** Whether so long has gone by since the last request that no cache holds the prompt. */
  readonly isCold: boolean;
}

/** What has to pay is judged by its price, and what costs nothing needs none: then so much of the minimum savings is enough. */
const ENOUGH = { pays: 0.5, cold: 0.25 };
/** Below so many minimum savings, what is worth a cut would be most of what the agent has. */
const SMALLEST = 2;

/**
 * @returns undefined when the session is to be left alone: before it has grown by what a cut has to free, the same cut would free the
 * same again
 */
export function cutOrder(limits: CutLimits, size: SessionSize): CutOrder | undefined {
  const { tokens, sizeThen, isCold } = size;
  const growth = tokens - sizeThen;
  return ordersFor(limits).find(({ occasion, from, leastFreed }) => {
    const isNow = occasion !== "cold" || isCold;
    return isNow && tokens >= from && growth >= leastFreed;
  });
}

/** The first that applies. */
function ordersFor(limits: CutLimits): (CutOrder & { readonly from: number })[] {
  const { trigger, target, minimumSavings, isCacheAware } = limits;
  const window: CutOrder = { occasion: "window", target, leastFreed: minimumSavings, hasToPay: false };
  if (!isCacheAware) {
    return [
      { ...window, from: trigger },
      { ...window, occasion: "cold", from: target + minimumSavings },
    ];
  }
  const from = SMALLEST * minimumSavings;
  const [cold, pays] = [ENOUGH.cold * minimumSavings, ENOUGH.pays * minimumSavings];
  return [
    { ...window, from: trigger },
    { occasion: "cold", target: undefined, leastFreed: cold, hasToPay: false, from },
    { occasion: "pays", target: undefined, leastFreed: pays, hasToPay: true, from },
  ];
}
