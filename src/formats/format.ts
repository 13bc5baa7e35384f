// In: nothing. Out: what a transcript format is. A format locates; it never rewrites and never judges what may go.
import type { JsonNode } from "../jsonl/json-node.ts";
import type { Line } from "../transcript/types.ts";
import type { TranscriptBuilder } from "./builder.ts";

/** One line that is JSON. */
export interface ParsedLine {
  readonly line: Line;
  readonly json: JsonNode;
}

export interface Format {
  /** Kebab-case, equal to the file name. */
  readonly name: string;
  /** One line of at most 76 characters, for lists and the README. */
  readonly description: string;
  /** Every line is a transcript of its own: read and compacted without the others. */
  readonly wholeTranscripts?: true;
  /** Why one record belongs to this format, as a phrase such as "`parentUuid` beside `sessionId`"; undefined where it does not. */
  recognise(record: JsonNode): string | undefined;
  /** The same for signs that other formats share: they count where no line has a better one. */
  recogniseWeakly?(record: JsonNode): string | undefined;
  /**
   * Reports every entry and block of the transcript to the builder, in file order, and then which entries are live.
   * `lines` can be read once; a format keeps of a line only what it needs, so that memory stays near the size of the file.
   */
  read(lines: Iterable<ParsedLine>, builder: TranscriptBuilder): void;
}
