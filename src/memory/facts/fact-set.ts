// In: nothing. Out: what facts are, as types. Field names are API: `compact facts --json` prints them.

import type { Counts } from "../../transcript/test-counts.ts";
import type { Source } from "../source.ts";

/** What sessions established, every statement verbatim with its source. */
export interface FactSet {
  readonly version: 1;
  /** In the order in which they began; later ones supersede earlier ones. */
  readonly transcripts: readonly string[];
  /** Where the first session began: paths in it are shown without it. */
  readonly directory: string | undefined;
  readonly files: readonly FileFact[];
  readonly constraints: readonly Constraint[];
  readonly errors: readonly ErrorFact[];
  readonly commands: readonly CommandFact[];
  readonly findings: readonly Finding[];
  readonly plan: readonly PlanItem[];
  readonly references: readonly Reference[];
}

/** `tried`: every call that named it failed. */
export type FileState = "read" | "created" | "edited" | "moved" | "deleted" | "tried";

export interface FileFact {
  readonly path: string;
  /** The last that is known. */
  readonly state: FileState;
  /** Of a file that was moved. */
  readonly movedTo?: string;
  readonly movedFrom?: string;
  readonly operations: readonly FileOperation[];
}

export interface FileOperation {
  readonly did: FileState;
  readonly tool: string;
  readonly source: Source;
}

export type ConstraintKind = "ask" | "require" | "forbid" | "correct";

export interface Constraint {
  readonly kind: ConstraintKind;
  /** The user's sentence. */
  readonly text: string;
  /** `client`: a text that the harness put in, such as AGENTS.md. */
  readonly origin: "user" | "client";
  readonly source: Source;
  /** Where it was said again. */
  readonly repeated: readonly Source[];
  readonly supersededBy?: { readonly text: string; readonly source: Source };
}

export interface ErrorFact {
  /** Lines of the output, as they stand in it. */
  readonly text: string;
  /** What the command was for; `other` for tools that are no shell. */
  readonly purpose: CommandPurpose;
  readonly tool: string;
  /** Command or path of the call. */
  readonly target: string;
  readonly status: "open" | "resolved";
  readonly first: Source;
  readonly last: Source;
  readonly count: number;
  /** The call that went well. */
  readonly resolvedBy?: Source;
}

export interface CommandFact {
  readonly command: string;
  readonly purpose: CommandPurpose;
  readonly runs: number;
  readonly failures: number;
  readonly last: {
    readonly outcome: string;
    readonly ending: "well" | "badly" | "unknown";
    readonly counts?: Counts;
    readonly source: Source;
  };
}

export type CommandPurpose = "test" | "check" | "build" | "install" | "git" | "look" | "other";

export type FindingKind = "cause" | "choice" | "result";

export interface Finding {
  readonly kind: FindingKind;
  /** The agent's sentence. */
  readonly text: string;
  readonly source: Source;
}

export interface PlanItem {
  readonly text: string;
  readonly status: "open" | "active" | "done";
  readonly source: Source;
}

export type ReferenceKind = "url" | "commit" | "version" | "port" | "id";

export interface Reference {
  readonly kind: ReferenceKind;
  readonly text: string;
  /** Where it came up. */
  readonly first: Source;
  /** Where it was used last. */
  readonly last: Source;
  readonly uses: number;
}
