// In: nothing. Out: what an ActionPad is, as types. Field names are API: `compact actions show ID --json` prints them.
import type { Source } from "../source.ts";

/** A sequence of steps that worked, for one request. */
export interface Pad {
  readonly version: 1;
  /** The first 8 hex digits of the SHA-256 of its steps with parameters for literals: equal ones share it. */
  readonly id: string;
  /** What the user asked for, in the user's words. */
  readonly task: string;
  readonly steps: readonly PadStep[];
  readonly needs: PadNeeds;
  readonly parameters: readonly PadParameter[];
  /** What showed that it worked. */
  readonly success: PadSuccess;
  readonly troubles: readonly PadTrouble[];
  /** Where it was done: once for each time. */
  readonly sources: readonly Source[];
}

export interface PadStep {
  /** `run` for a command; what was done to a file otherwise; `call` for any other tool. */
  readonly action: "run" | "created" | "edited" | "moved" | "deleted" | "call";
  readonly tool: string;
  /** The command, or the path, as the call said it. */
  readonly text: string;
  readonly source: Source;
}

export interface PadNeeds {
  readonly directory: string | undefined;
  /** Files that were read or changed and that no step creates. */
  readonly files: readonly string[];
  /** Programs that the commands run. */
  readonly commands: readonly string[];
}

/** A literal of the request that comes again in the steps: another request will have another. */
export interface PadParameter {
  readonly name: string;
  readonly value: string;
}

export interface PadSuccess {
  readonly command: string;
  readonly outcome: string;
  /** Lines of its output that say so, verbatim; empty where only the outcome does. */
  readonly lines: readonly string[];
  readonly source: Source;
}

export interface PadTrouble {
  readonly error: string;
  readonly command: string;
  readonly source: Source;
  /** What was done between the error and the success of the same command. */
  readonly repair: readonly string[];
}
