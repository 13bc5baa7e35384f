// In: an event of a session. Out: what the agent is told at once, and what is to be done in the background. The table below is all
// that hooks do; a moment that is not in it is answered with nothing.
import type { Store } from "../artifacts/store.ts";
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
    says: contract.tellsSummariser && markersIn(transcript).found ? KEEP_REFS : "",
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

/** Also the sign by which the transcript shows that the agent has been told. */
const TOLD = "was moved out of this conversation to keep it small";

const GET = "run `compact get REF` in a shell for the whole text, or `compact get REF:12-52` for those lines";
const SEARCH = "`compact search QUERY` looks through everything that was moved out";

const RESUMED = `Older tool output ${TOLD}. Where a result begins with [compact get REF: ...], the call ran and ended as that line says: ${GET}, instead of calling again. ${SEARCH}.`;

const SUMMARISED = `What the summary above leaves out ${TOLD}, and is in the store word for word: ${SEARCH}; where a line says [compact get REF: ...], ${GET}.`;

const KEEP_REFS =
  "Lines such as [compact get REF: ...] are commands that bring removed tool output back: quote those that are still of use, character for character.\n";

function briefing({ input: { source }, transcript, store }: Moment): string {
  if (source === "compact") return [SUMMARISED, takeBriefing(store, transcript)].filter(Boolean).join("\n\n");
  const { found, told } = markersIn(transcript);
  return found && !told ? RESUMED : "";
}

function markersIn(transcript: string): Markers {
  return scanForMarkers(transcript, TOLD);
}

/** The same in Claude Code and in Codex. */
function context(event: string, text: string): string {
  if (text === "") return "";
  return `${JSON.stringify({ hookSpecificOutput: { hookEventName: event, additionalContext: text } })}\n`;
}
