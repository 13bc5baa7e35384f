// In: nothing. Out: the shape of a report. Field names are API: they change with `REPORT_VERSION` only. Context tokens (what
// the model sees) and disk bytes (what the file holds) never share a number.

export const REPORT_VERSION = 1;

export interface Report {
  readonly version: number;
  readonly files: readonly FileReport[];
  readonly total: Total;
}

export interface FileReport {
  /** As it was named; `stdin` for a pipe. */
  readonly path: string;
  readonly status: "compacted" | "below-trigger" | "unknown-format" | "failed";
  readonly format: string | undefined;
  readonly preset: string | undefined;
  readonly context: Context;
  readonly disk: Disk;
  readonly stages: readonly StageReport[];
  /** How many observations were moved to the store. */
  readonly artifacts: number;
  readonly cache: Cache | undefined;
  /** Parts of the file that are neither counted nor touched. */
  readonly images: number;
  readonly warnings: readonly string[];
  /** Why nothing was written; undefined unless `failed`. */
  readonly error: string | undefined;
}

export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

/** In tokens of the run's tokenizer. */
export interface Context {
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  readonly byKind: Readonly<Record<string, BeforeAfter>>;
  /** Observations, by the tool that made them. */
  readonly byTool: Readonly<Record<string, BeforeAfter>>;
}

/** In bytes. */
export interface Disk extends BeforeAfter {
  readonly storeAdded: number;
}

export interface StageReport {
  readonly stage: string;
  /** Proposals that were taken. */
  readonly deletions: number;
  /** Proposals that were refused: protected, or not worth their marker. */
  readonly dropped: number;
  readonly lines: number;
  readonly tokens: number;
}

/** What the edit costs a provider's prompt cache; undefined where the context did not change, or is not one. */
export interface Cache {
  /** Context tokens before the first edit: they stay cached. */
  readonly firstEditedToken: number;
  /** Turns until the tokens saved have paid for writing the rest again. */
  readonly breakEvenTurns: number;
  /** Some providers bind thinking to the unchanged prefix: so many blocks lie behind the first edit. */
  readonly thinkingBlocksAfterFirstEdit: number;
}

export interface Total {
  readonly files: number;
  readonly failed: number;
  readonly context: { readonly tokensBefore: number; readonly tokensAfter: number };
  readonly disk: Disk;
  readonly artifacts: number;
}
