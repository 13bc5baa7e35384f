// In: a session and a policy. Out: every request as it would have been sent: its size, what the cache held of it, what it cost; and
// every cut, with when it had paid for itself. Each text is counted once, and a request looks at what is new.
import { type PricedRequest, priceRequest } from "../../cost/request.ts";
import type { CacheAim } from "../../engine/keep-what-pays.ts";
import { cutLedger, type LedgerCut } from "./cut-ledger.ts";
import type { Policy, Setting } from "./policies/policy.ts";
import { type Edit, Prompt } from "./prompt.ts";
import { requestsOf, type SentRequest } from "./requests.ts";

export interface PolicyRun {
  readonly policy: string;
  readonly requests: readonly PricedRequest[];
  readonly cuts: readonly LedgerCut[];
}

export function replay(policy: Policy, setting: Setting): PolicyRun {
  const { session, prices, cache } = setting;
  const { transcript } = session;
  const prompt = new Prompt(transcript, prices);
  const decide = policy.begin(setting);
  const arriving = transcript.observations
    .filter(({ blocks }) => blocks.length > 0)
    .toSorted((a, b) => a.blocks[0]!.id - b.blocks[0]!.id);
  const observations: typeof arriving = [];
  const ledger = cutLedger(cache);
  const requests: PricedRequest[] = [];
  let before: SentRequest | undefined;
  for (const request of requestsOf(transcript)) {
    prompt.growTo(request.blocks);
    while ((arriving[observations.length]?.blocks.at(-1)?.id ?? request.blocks) < request.blocks) {
      observations.push(arriving[observations.length]!);
    }
    const isCold = hasGoneCold(before, request, cache);
    const uncut = prompt.total;
    const edits = decide({ request, prompt, observations, isCold }).filter((edit) => changes(edit, prompt));
    const sent = isCold ? 0 : prompt.sentBefore();
    prompt.edit(edits);
    const priced = priceRequest(prompt.total, isCold ? 0 : prompt.sentBefore(), cache.prices);
    prompt.send();
    ledger.add({
      request: requests.length,
      priced,
      isCold,
      cut: edits.length > 0 ? { freed: uncut - prompt.total, sent } : undefined,
    });
    requests.push(priced);
    before = request;
  }
  return { policy: policy.name, requests, cuts: ledger.cuts() };
}

function changes({ block, tokens }: Edit, prompt: Prompt): boolean {
  return prompt.tokens(block) !== tokens;
}

/** Where a session has no times, its requests follow one another at once. */
function hasGoneCold(before: SentRequest | undefined, { time }: SentRequest, { prices }: CacheAim): boolean {
  if (before?.time === undefined || time === undefined) return false;
  return time - before.time >= prices.lifetimeSeconds * 1000;
}
