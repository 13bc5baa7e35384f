// The way back, from the bytes of a compacted transcript to the original. By undo records byte for byte and verified, however
// often it was compacted and whatever was appended; else by markers and artifacts, which gives the content. Pure but for reads
// of the store.
import { stepsBack } from "./artifacts/steps-back.ts";
import { type Store, StoreError } from "./artifacts/store.ts";
import { detectFormat, readTranscripts } from "./formats/index.ts";
import { tokenText } from "./jsonl/block-text.ts";
import { frameLines } from "./jsonl/frame.ts";
import { applySplices, type Splice } from "./jsonl/splice.ts";
import { parseCutText, SIDECAR_MARKER } from "./transcript/marker.ts";
import { messagesOf } from "./transcript/messages.ts";
import type { Block, Line, Observation } from "./transcript/types.ts";

/** ASCII, so that no JSON escapes it: a file without it was never cut. */
const MARKER_OPENING = "[compact";

export interface Restored {
  /** `verified`: byte for byte. `content`: what the model sees is back, from artifacts. `nothing-removed`: no markers. */
  readonly status: "verified" | "content" | "nothing-removed" | "incomplete";
  readonly bytes: Buffer;
  /** What could not be found; empty unless `incomplete`. */
  readonly missing: readonly MissingPiece[];
  /** Copies that the model never sees and that only an undo record could bring back. */
  readonly copiesLeft: number;
}

/** A text that the store does not have. */
export interface MissingPiece {
  /** Counted from 1, in the compacted file as far as it could be undone. */
  readonly line: number;
  readonly message: string;
}

/** @throws StoreError when an undo record is damaged: its path, and why */
export function restore(compacted: Buffer, store: Store): Restored {
  let bytes = compacted;
  let steps = 0;
  for (const step of stepsBack(compacted, store)) {
    bytes = step.bytes;
    steps++;
  }
  const filled = fillFromArtifacts(bytes, store);
  if (filled.missing.length > 0) return { status: "incomplete", ...filled };
  if (filled.count > 0 || filled.copiesLeft > 0) return { status: "content", ...filled };
  return { status: steps > 0 ? "verified" : "nothing-removed", ...filled };
}

interface Filled {
  readonly bytes: Buffer;
  /** Blocks that were filled. */
  readonly count: number;
  readonly missing: readonly MissingPiece[];
  readonly copiesLeft: number;
}

/** Puts the text of artifacts back where markers name them: for files that were forked, edited or written anew. */
function fillFromArtifacts(bytes: Buffer, store: Store): Filled {
  if (!bytes.includes(MARKER_OPENING)) return { bytes, count: 0, missing: [], copiesLeft: 0 };
  const lines = frameLines(bytes);
  const detection = detectFormat(lines);
  if (detection === undefined) return { bytes, count: 0, missing: [], copiesLeft: 0 };
  const transcripts = [...readTranscripts(bytes, lines, detection.format, { revive: "all" })];
  const splices = new Map<Line, Splice[]>();
  const missing: MissingPiece[] = [];
  let count = 0;
  for (const observation of transcripts.flatMap((one) => [...one.observations, ...messagesOf(one)])) {
    if (!observation.blocks.some(({ settled }) => settled)) continue;
    const texts = originalTexts(observation, store);
    if (typeof texts === "string")
      missing.push({ line: observation.blocks[0]!.entry.line.number, message: texts });
    else {
      observation.blocks.forEach((block, i) => {
        if (!block.settled) return;
        const { line } = block.entry;
        splices.set(line, [...(splices.get(line) ?? []), fillingOf(block, texts[i]!)]);
        count++;
      });
    }
  }
  const filled = lines.flatMap((line) => {
    const own = splices.get(line);
    return [own === undefined ? line.bytes : applySplices(line.bytes, own), Buffer.from(line.eol)];
  });
  return { bytes: Buffer.concat(filled), count, missing, copiesLeft: countCopiesLeft(bytes) };
}

/** The original texts of an observation's blocks, or what is missing. */
function originalTexts(observation: Observation, store: Store): string[] | string {
  const cuts = observation.blocks.map(({ settled, text = "" }) => (settled ? parseCutText(text) : undefined));
  const ref = cuts.find((cut) => cut !== undefined)?.marker.ref;
  if (ref === undefined) return "cut without storing it (--no-artifacts)";
  const names = store.artifactsOf(ref);
  if (names.length !== 1)
    return `artifact ${ref} ${names.length === 0 ? "is not in the store" : "is ambiguous"}`;
  const text = readArtifact(names[0]!, store);
  if (text === undefined) return `artifact ${ref} is damaged`;
  const lines = text.split("\n");
  let at = 0;
  const texts = observation.blocks.map(({ text = "" }, i) => {
    const start = at;
    at += cuts[i]?.originalLines ?? text.split("\n").length;
    return lines.slice(start, at).join("\n");
  });
  return at === lines.length ? texts : `artifact ${ref} has ${lines.length} lines, its markers name ${at}`;
}

function readArtifact(sha256: string, store: Store): string | undefined {
  try {
    return store.artifact(sha256).toString("utf8");
  } catch (error) {
    if (error instanceof StoreError) return undefined;
    throw error;
  }
}

/** The whole string content, encoded as deep as it was. */
function fillingOf(block: Block, text: string): Splice {
  const encode = (value: string) => JSON.stringify(value).slice(1, -1);
  if (block.inner === undefined)
    return { start: block.span.start + 1, end: block.span.end - 1, insert: encode(text) };
  const bytes = Buffer.from(tokenText(block), "utf8");
  const filled = applySplices(bytes, [
    { start: block.inner.start + 1, end: block.inner.end - 1, insert: encode(text) },
  ]);
  return { start: block.span.start + 1, end: block.span.end - 1, insert: encode(filled.toString("utf8")) };
}

/** A string that is this marker and nothing else; inside another string its quotes would be escaped. */
function countCopiesLeft(bytes: Buffer): number {
  const token = Buffer.from(`"${SIDECAR_MARKER}"`);
  const backslash = 0x5c;
  let count = 0;
  for (let at = bytes.indexOf(token); at !== -1; at = bytes.indexOf(token, at + token.length)) {
    if (bytes[at - 1] !== backslash) count++;
  }
  return count;
}
