// In: a session. Out: its turns: what the user asked, and the calls until the next request.

import type { AgentCall } from "../calls.ts";
import { CLIENT_TEXTS } from "../facts/constraint-cues.ts";
import type { Session } from "../session.ts";

export interface Turn {
  readonly request: string;
  readonly calls: readonly AgentCall[];
}

/** A request is more than a nod: "yes" and "go on" belong to the one before. */
const MIN_REQUEST = 12;

export function turnsOf({ texts, calls }: Session): Turn[] {
  const requests = texts.filter(
    ({ by, text }) => by === "user" && text.trim().length >= MIN_REQUEST && !CLIENT_TEXTS.test(text),
  );
  return requests.map(({ text, source }, i) => {
    const end = requests[i + 1]?.source.block ?? Number.POSITIVE_INFINITY;
    const own = calls.filter((call) => call.source.block > source.block && call.source.block < end);
    return { request: text, calls: own };
  });
}
