// Ours, as `compact watch` does it: the same rule says when, and the real compactor, which gets the prefix and nothing else, says what.
// A session is taken to go on with the result from the next request on.
import { compactTranscript } from "../../../compact.ts";
import type { Config } from "../../../config/config.ts";
import { type CutLimits, type CutOrder, cutOrder } from "../../../cost/cut-order.ts";
import { apply } from "../../../engine/apply.ts";
import type { Cut } from "../../../engine/choose.ts";
import { prefixBytes } from "../../recall/cut.ts";
import { readAll } from "../recorded-session.ts";
import type { Moment, Policy, Setting } from "./policy.ts";

export interface Watching extends CutLimits {
  /** After a cut, a session is left alone that long. In milliseconds. */
  readonly holdOff: number;
}

export const OURS = "compact";

/** @param name what tells several of ours apart */
export function compactWhenDue(name: string, config: Config, limits: Watching): Policy {
  return {
    name,
    source: OURS,
    begin(setting) {
      const session = new CutSession(setting, config);
      let sizeThen = 0;
      let heldUntil = Number.NEGATIVE_INFINITY;
      return (moment) => {
        const { prompt, isCold, request } = moment;
        const order = cutOrder(limits, { tokens: prompt.total, sizeThen, isCold });
        const now = request.time ?? Number.POSITIVE_INFINITY;
        if (order === undefined || now < heldUntil) return [];
        const { cuts, freed } = session.propose(moment, order);
        const isWorthIt = freed > 0 && freed >= order.leastFreed;
        sizeThen = isWorthIt ? prompt.total - freed : prompt.total;
        if (!isWorthIt) return [];
        heldUntil = (request.time ?? Number.NEGATIVE_INFINITY) + limits.holdOff;
        session.take(cuts);
        return cuts.map(({ block, tokens }) => ({ block: block.id, tokens }));
      };
    },
  };
}

/** A session with the cuts that were made in it so far. */
class CutSession {
  private transcript: Setting["session"]["transcript"];
  private readonly setting: Setting;
  private readonly config: Config;

  constructor(setting: Setting, config: Config) {
    this.setting = setting;
    this.config = config;
    this.transcript = setting.session.transcript;
  }

  /** What would go from the prompt of a request. */
  propose({ request }: Moment, { target, hasToPay }: CutOrder): { cuts: readonly Cut[]; freed: number } {
    const { session, prices, cache } = this.setting;
    const prefix = readAll(prefixBytes(this.transcript, request.end), session.format);
    const compaction = compactTranscript(
      prefix,
      {
        ...this.config,
        budget: this.config.budget ?? (target === undefined ? undefined : { tokens: target }),
        trigger: { tokens: 0 },
        cacheAware: hasToPay,
        cache,
      },
      prices,
      "replayed",
    );
    const all = compaction.status === "compacted" ? compaction.choice.cuts : [];
    const cuts = all.filter(({ block }) => block.text !== undefined);
    return { cuts, freed: cuts.reduce((sum, { block, tokens }) => sum + prices.tokens(block) - tokens, 0) };
  }

  /** Makes cuts of a prefix in the whole, whose blocks have the same ids. */
  take(cuts: readonly Cut[]): void {
    const { blocks } = this.transcript;
    const chosen = cuts.flatMap((cut) => {
      const block = blocks[cut.block.id];
      return block === undefined ? [] : [{ ...cut, block }];
    });
    const { chunks } = apply(this.transcript, chosen);
    this.transcript = readAll(Buffer.concat([...chunks]), this.setting.session.format);
  }
}
