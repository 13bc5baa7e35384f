// In: nothing. Out: the words of the project as types; every other file speaks in these. No code, no format's own field names.

/** One physical line of the file, or the whole file for whole-file JSON. */
export interface Line {
  /** Counted from 1, as editors do. */
  readonly number: number;
  /** Without the end of line. */
  readonly bytes: Buffer;
  readonly eol: "\n" | "\r\n" | "";
}

/** Half-open byte range inside the bytes of one line. The span of a string includes its quotes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Half-open: `[start, end)`, in the unit that the holder names. */
export type Range = readonly [start: number, end: number];

/** All of a block, whatever its size: the engine clips it to what the block has. */
export const WHOLE: Range = [0, Number.POSITIVE_INFINITY];

/** One record of a transcript: usually a line. */
export interface Entry {
  readonly index: number;
  readonly line: Line;
  readonly span: Span;
  readonly blocks: Block[];
  /** From one user message to the next, counted from 1 along the live chain; 0 before the first and where not live. */
  turn: number;
  /** One assistant message with its results, counted from 1 along the live chain; 0 before the first and where not live. */
  step: number;
}

export type Role = "system" | "user" | "assistant" | "tool";

export type BlockKind =
  | "text"
  | "thinking"
  | "call"
  | "result"
  | "summary"
  | "sidecar"
  | "image"
  /** Signed, encrypted or unknown content: counted as bytes, never read, never edited. */
  | "opaque";

/** How safe deletion is. */
export type Tier = "never" | "careful" | "free";

/** One text-bearing part of an entry. */
export interface Block {
  /** Position in `Transcript.blocks`: file order. */
  readonly id: number;
  readonly entry: Entry;
  readonly span: Span;
  /** 1: a JSON string. 2: a JSON string inside a JSON string, found at `inner` of the decoded outer one. */
  readonly encoding: 1 | 2;
  /** Byte span, quotes included, of the inner string token in the UTF-8 bytes of the decoded outer string. */
  readonly inner?: Span;
  readonly role: Role;
  readonly kind: BlockKind;
  /** Size on disk. */
  readonly bytes: number;
  /** Decoded text, for live blocks that the model sees. */
  text?: string;
  /** What the model still sees when the session goes on. */
  live: boolean;
  tier: Tier;
  /** Carries one of our markers already: nothing is proposed in it again, except to replace it whole. */
  settled: boolean;
}

/** How a call ended. `ran`: it ran, and nothing says how it ended. */
export type Outcome = "ok" | "failed" | "ran" | `exit ${number}`;

/** A tool's result as the agent sees it: one call and its result blocks. */
export interface Observation {
  /** Position in `Transcript.observations`: the order in which the results stand in the file. */
  readonly index: number;
  /** Undefined for a result whose call is not in the file. */
  readonly call: Block | undefined;
  readonly blocks: readonly Block[];
  readonly toolName: string;
  /** The command, path, pattern or address that the call named. */
  readonly target: string | undefined;
  readonly outcome: Outcome;
  readonly live: boolean;
  readonly turn: number;
  readonly step: number;
}

/** Something worth telling about one line; never a reason to stop. */
export interface Warning {
  readonly line: number;
  readonly message: string;
}

/** What one harness wrote for one session. */
export interface Transcript {
  readonly source: Buffer;
  readonly format: string;
  readonly lines: readonly Line[];
  readonly entries: readonly Entry[];
  readonly blocks: readonly Block[];
  readonly observations: readonly Observation[];
  readonly warnings: readonly Warning[];
}

/** What a stage asks for. The engine alone decides, applies, marks and stores. */
export interface Deletion {
  readonly block: Block;
  /** Lines of `text.split("\n")`, or UTF-16 characters of the text; sidecars know only `WHOLE`. */
  readonly ranges: readonly Range[];
  readonly unit: "lines" | "characters";
  readonly stage: string;
  /** For people: why this may go. */
  readonly reason: string;
  /** Lower levels are taken first; 0 unless the stage has a ladder. */
  readonly level: number;
}

/** What a stage may ask about the run so far. Read-only. All prices are exact, in tokens. */
export interface Plan {
  /** Lines that stay whatever is proposed: ascending, apart from each other, within the block. */
  protectedLines(block: Block): readonly Range[];
  /** Lines that earlier stages proposed to delete and that are not protected: ascending, apart from each other. */
  deletedLines(block: Block): readonly Range[];
  /** Price of a block that the model sees, without own markers, and with what they name. */
  originalTokens(block: Block): number;
  /** Price of a line in its place, with its line end. Those of all lines add up to the price of the block. */
  lineTokens(block: Block, line: number): number;
  /**
   * Price of the block when these lines go too, beside what earlier stages proposed, markers paid. Where the engine would
   * refuse it, the price without them.
   */
  tokensWithout(block: Block, lines: readonly Range[]): number;
  /** Price of any text. */
  countTokens(text: string): number;
}

/** The value of one option of a stage: how it is written, what it means, what it is unless said otherwise. */
export interface OptionSpec {
  readonly description: string;
  readonly default: number;
  readonly minimum: number;
  /** Says where the stage stops by itself: under a budget it goes down to the minimum, and the budget says where to stop. */
  readonly isAim?: true;
}

export type Options = Readonly<Record<string, number>>;

/** One step of the pipeline. Pure: no clock, no randomness, no input or output. */
export interface Stage<O extends Options = Options> {
  /** Verb and noun, equal to the file name. */
  readonly name: string;
  /** One line of at most 76 characters, for lists and the README. */
  readonly description: string;
  readonly options: { readonly [K in keyof O]: OptionSpec };
  propose(transcript: Transcript, options: O, plan: Plan): Deletion[];
}

/** A named pipeline with options, as plain data. */
export interface Preset {
  readonly name: string;
  readonly description: string;
  readonly stages: readonly (readonly [name: string, options: Options])[];
}
