// In: an event of a session. Out: what the agent is told at once, and what is to be done in the background. The table below is all
// that hooks do; a moment that is not in it is answered with nothing.
import type { Store } from "../artifacts/store.ts";
import { AFTER_CUT, AFTER_SUMMARY, KEEP_REFS, TOLD } from "./agent-words.ts";
import { takeBriefing } from "./briefing.ts";
import type { HookContract } from "./harness.ts";
import type { HookInput } from "./hook-input.ts";
import { type Markers, scanForMarkers } from "./marker-scan.ts";

/** `cut`: look at the trigger, and cut. `keep`: put everything into the store before the harness summarises. */
export type Work = "cut" | "keep";

export interface HookAnswer {
  /** What the hook prints; empty for nothing. */
  readonly says: string;
  readonly work?: Work;
}

/** The file that an event is about. */
interface Moment {
  readonly input: HookInput;
  /** Checked. */
  readonly transcript: string;
  readonly store: Store;
  readonly contract: HookContract;
}

const NOTHING: HookAnswer = { says: "" };

const EVENTS: Readonly<Record<string, (moment: Moment) => HookAnswer>> = {
  SessionStart: (moment) => ({ says: context(moment.input.event, briefing(moment)) }),

  PreCompact: ({ transcript, contract }) => ({
    says: contract.tellsSummariser && markersIn(transcript).found ? `${KEEP_REFS}\n` : "",
    work: "keep",
  }),

  Stop: () => ({ says: "", work: "cut" }),

  SessionEnd: () => ({ says: "", work: "cut" }),
};

export function answerTo(moment: Moment): HookAnswer {
  const event = moment.input.event;
  return Object.hasOwn(EVENTS, event) ? (EVENTS[event]?.(moment) ?? NOTHING) : NOTHING;
}

export function isKnownEvent(event: string): boolean {
  return Object.hasOwn(EVENTS, event);
}

function briefing({ input: { source }, transcript, store }: Moment): string {
  if (source === "compact")
    return [AFTER_SUMMARY, takeBriefing(store, transcript)].filter(Boolean).join("\n\n");
  const { found, told } = markersIn(transcript);
  return found && !told ? AFTER_CUT : "";
}

function markersIn(transcript: string): Markers {
  return scanForMarkers(transcript, TOLD);
}

/** The same in Claude Code and in Codex. */
function context(event: string, text: string): string {
  if (text === "") return "";
  return `${JSON.stringify({ hookSpecificOutput: { hookEventName: event, additionalContext: text } })}\n`;
}
