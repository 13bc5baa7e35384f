// In: nothing. Out: the shape of a report. Field names are API: they change with `REPORT_VERSION` only. Context tokens (what
// the model sees) and disk bytes (what the file holds) never share a number. `report.schema.json` says the same to programs.

export const REPORT_VERSION = 1;

export interface Report {
  readonly version: number;
  /** One row a file, sorted by path. May lie on disk: each iteration reads it anew. */
  readonly files: Iterable<FileReport>;
  readonly total: Total;
}

export interface FileReport {
  /** As it was named; `stdin` for a pipe. */
  readonly path: string;
  readonly status: "compacted" | "below-trigger" | "unknown-format" | "failed";
  readonly format: string | undefined;
  readonly preset: string | undefined;
  /** What tokens are counted with; undefined where nothing was counted. */
  readonly tokenizer: string | undefined;
  readonly context: Context;
  readonly disk: Disk;
  readonly stages: readonly StageReport[];
  /** How many observations were moved to the store. */
  readonly artifacts: number;
  readonly cache: Cache | undefined;
  /** Undefined where recall was not evaluated. */
  readonly recall: Recall | undefined;
  /** Parts of the file that are neither counted nor touched. */
  readonly images: number;
  /** Undefined where the file holds several transcripts, or none. */
  readonly growth: Growth | undefined;
  /** The largest observations, largest first; at most 10. */
  readonly largest: readonly LargeObservation[];
  /** The files that were read most often, most often first; at most 10, none that was read once. */
  readonly reread: readonly Reread[];
  readonly warnings: readonly string[];
  /** Why nothing was written; undefined unless `failed`. */
  readonly error: string | undefined;
}

export interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

export type BeforeAfterBy = Readonly<Record<string, BeforeAfter>>;

/** In tokens of the run's tokenizer. */
export interface Context {
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  readonly byKind: BeforeAfterBy;
  /** Observations, by the tool that made them. */
  readonly byTool: BeforeAfterBy;
  readonly waste: Waste;
}

/** Context tokens of observations that an agent could do without, whatever the stages of the run; no token counts twice. */
export interface Waste {
  /** Equal to a later observation. */
  readonly duplicate: number;
  /** Reads of lines of a file that a later read shows too, and that changed in between. */
  readonly superseded: number;
}

/** In bytes. */
export interface Disk extends BeforeAfter {
  readonly storeAdded: number;
  readonly parts: DiskParts;
}

/** Where the bytes of a file are before the run; they add up to its size. */
export interface DiskParts {
  /** Text that the model sees. */
  readonly live: number;
  /** Text before a compaction boundary or on an abandoned branch. */
  readonly dead: number;
  /** Copies that the model never sees. */
  readonly sidecar: number;
  readonly image: number;
  /** Signed, encrypted or unknown content. */
  readonly opaque: number;
  /** Ids, times, names, JSON itself. */
  readonly structure: number;
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

/** How much of what the agent used later would have been there, after cuts in the middle of the transcript: means over these. */
export interface Recall {
  readonly cuts: number;
  /** Share of the observation tokens. */
  readonly kept: number;
  /** Share of the verbatim references: lines, edit anchors, quotes; undefined where there are none. */
  readonly v: number | undefined;
  /** Share of the typed references: paths, identifiers, numbers; undefined where there are none. */
  readonly t: number | undefined;
}

/** The size of the context after so many steps, by kind. Lists run in parallel to `steps`. */
export interface Growth {
  readonly steps: readonly number[];
  readonly before: Readonly<Record<string, readonly number[]>>;
  /** Only the kinds that differ. */
  readonly after: Readonly<Record<string, readonly number[]>>;
}

export interface LargeObservation {
  /** Of the file, counted from 1. */
  readonly line: number;
  readonly tool: string;
  /** The command, path, pattern or address that the call named; its first 200 characters. */
  readonly target: string;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
}

export interface Reread {
  /** The file that the agent read. */
  readonly target: string;
  readonly times: number;
  /** Context tokens of all reads. */
  readonly tokens: number;
}

/** Something of one file in a list over all. */
export type In<Item> = Item & { readonly path: string };

export interface Total {
  readonly files: number;
  readonly failed: number;
  /** Files that were found: more than `files` when the run was interrupted. */
  readonly found: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly byFormat: Readonly<Record<string, number>>;
  /** What tokens are counted with: one name, unless reports were merged that should not have been. */
  readonly tokenizers: readonly string[];
  readonly context: Context;
  readonly disk: Disk;
  readonly stages: readonly StageReport[];
  readonly artifacts: number;
  readonly images: number;
  readonly warnings: number;
  /** Undefined where recall was evaluated of no file. */
  readonly recall: TotalRecall | undefined;
  readonly growth: TotalGrowth;
  readonly largest: readonly In<LargeObservation>[];
  readonly reread: readonly In<Reread>[];
  readonly distribution: Distribution;
}

/** Sums over the files that have so many steps; divide by `files` for the mean. */
export interface TotalGrowth extends Growth {
  readonly files: readonly number[];
}

/** Each file counts once. V and T say different things: they are never added up. */
export interface TotalRecall {
  readonly files: number;
  readonly cuts: number;
  readonly kept: number;
  readonly v: RecallSpread | undefined;
  readonly t: RecallSpread | undefined;
}

/** The worst is the lowest, and nine files of ten have `p90` or more. */
export interface RecallSpread extends Quantiles {
  readonly mean: number;
}

export interface Distribution {
  readonly tokensBefore: Quantiles;
  readonly tokensAfter: Quantiles;
  /** Context tokens after over before, 0 to 1. */
  readonly share: Quantiles;
  readonly breakEvenTurns: Quantiles;
}

/** Exact, by nearest rank, over the files that have the number. */
export interface Quantiles {
  readonly files: number;
  readonly median: number;
  readonly p90: number;
  readonly worst: number;
  /** The file with the worst; the first of them. */
  readonly worstPath: string;
}
