// In: the source and the cuts. Out: the bytes that come out, as views and markers, and the record that turns them back.
// The only place where a marker is written into a line.
import { createHash } from "node:crypto";
import type { Digest, Undo, UndoSplice } from "../artifacts/undo.ts";
import { lineOffsets } from "../jsonl/offsets.ts";
import type { Splice } from "../jsonl/splice.ts";
import type { Line, Transcript } from "../transcript/types.ts";
import type { Cut } from "./choose.ts";

export interface Output {
  readonly chunks: readonly Buffer[];
  readonly undo: Undo;
  /** Byte splices of every changed line, ascending, offsets counted in that line. */
  readonly splices: ReadonlyMap<Line, readonly Splice[]>;
}

export function apply(transcript: Transcript, cuts: readonly Cut[]): Output {
  const splices = new Map<Line, Splice[]>();
  for (const cut of cuts) {
    const { line } = cut.block.entry;
    const known = splices.get(line);
    if (known === undefined) splices.set(line, spliceCut(cut));
    else known.push(...spliceCut(cut));
  }
  for (const list of splices.values()) list.sort((a, b) => a.start - b.start);

  const { source } = transcript;
  const chunks: Buffer[] = [];
  const undo: UndoSplice[] = [];
  let at = 0;
  let written = 0;
  const emit = (chunk: Buffer) => {
    if (chunk.length === 0) return;
    chunks.push(chunk);
    written += chunk.length;
  };
  for (const line of transcript.lines) {
    const lineStart = line.bytes.byteOffset - source.byteOffset;
    for (const { start, end, insert } of splices.get(line) ?? []) {
      emit(source.subarray(at, lineStart + start));
      const removed = source.subarray(lineStart + start, lineStart + end);
      undo.push({ line: line.number, offset: written, length: insert.length, removed });
      emit(Buffer.from(insert, "latin1"));
      at = lineStart + end;
    }
  }
  emit(source.subarray(at));
  return { chunks, splices, undo: { input: digest([source]), output: digest(chunks), splices: undo } };
}

/** A line feed inside a JSON string, by the number of strings it is encoded in. */
const ENCODED_LINE_FEED: Readonly<Record<1 | 2, string>> = { 1: "\\n", 2: "\\\\n" };

/** Translates the pieces of a cut text into splices of the block's line. */
function spliceCut({ block, pieces }: Cut): Splice[] {
  if (block.kind === "sidecar") {
    const insert = pieces.map((piece) => ("insert" in piece ? piece.insert : "")).join("");
    return [{ start: block.span.start + 1, end: block.span.end - 1, insert }];
  }
  const length = block.text?.length ?? 0;
  const cuts: { from: number; to: number; insert: string }[] = [];
  let at = 0;
  let insert = "";
  const close = (from: number) => {
    if (insert !== "" || from > at) cuts.push({ from: at, to: from, insert });
    insert = "";
  };
  for (const piece of pieces) {
    if ("insert" in piece) insert += piece.insert.replaceAll("\n", ENCODED_LINE_FEED[block.encoding]);
    else {
      close(piece.keep[0]);
      at = piece.keep[1];
    }
  }
  close(length);
  const offsets = lineOffsets(
    block,
    cuts.flatMap(({ from, to }) => [from, to]),
  );
  return cuts.map((cut, i) => ({ start: offsets[2 * i]!, end: offsets[2 * i + 1]!, insert: cut.insert }));
}

export function digest(chunks: readonly Buffer[]): Digest {
  const hash = createHash("sha256");
  let bytes = 0;
  for (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest("hex"), bytes };
}
