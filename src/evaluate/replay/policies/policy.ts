// In: nothing. Out: what a policy is: who decides before each request what goes from the prompt.

import type { CacheAim } from "../../../engine/keep-what-pays.ts";
import type { Prices } from "../../../engine/prices.ts";
import type { Observation } from "../../../transcript/types.ts";
import type { Edit, Prompt } from "../prompt.ts";
import type { RecordedSession } from "../recorded-session.ts";
import type { SentRequest } from "../requests.ts";

export interface Policy {
  readonly name: string;
  /** Whose it is, for people. */
  readonly source: string;
  /** Begins a session: what it returns is asked before each request. */
  begin(setting: Setting): (moment: Moment) => readonly Edit[];
}

/** What holds for a whole session. */
export interface Setting {
  readonly session: RecordedSession;
  readonly prices: Prices;
  readonly cache: CacheAim;
}

/** What is known when a request is to be sent. */
export interface Moment {
  readonly request: SentRequest;
  readonly prompt: Pick<Prompt, "total" | "tokens">;
  /** That its prompt holds, oldest first. */
  readonly observations: readonly Observation[];
  /** Since the last request so much time went by that no cache holds anything. */
  readonly isCold: boolean;
}
