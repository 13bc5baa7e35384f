// In: the bytes of a compacted transcript, and a store. Out: what it was before each compaction, newest first, by undo records that the
// store has. Every step is checked against the SHA-256 that the record promises.
import { createHash } from "node:crypto";
import type { Store } from "./store.ts";
import { applyUndo } from "./undo.ts";

const LINE_FEED = 10;

/** One compaction undone. */
export interface StepBack {
  /** SHA-256 of the output whose record was used. */
  readonly output: string;
  /** The transcript before it, with what was appended since. */
  readonly bytes: Buffer;
}

/**
 * Applies the record of the longest prefix that has one, keeps what was appended behind it, and looks again: the file may
 * have been compacted more than once.
 *
 * @throws StoreError when an undo record is damaged: its path, and why
 */
export function* stepsBack(compacted: Buffer, store: Store): Generator<StepBack> {
  const names = new Set(store.undoNames());
  let bytes = compacted;
  for (;;) {
    const match = knownPrefixes(bytes, names).at(-1);
    if (match === undefined) return;
    names.delete(match.sha256); // no way back leads through one output twice
    const original = undoOne(bytes.subarray(0, match.length), match.sha256, store);
    bytes = Buffer.concat([original, bytes.subarray(match.length)]);
    yield { output: match.sha256, bytes };
  }
}

function undoOne(output: Buffer, outputSha256: string, store: Store): Buffer {
  const { input, splices } = store.undo(outputSha256);
  const original = applyUndo(output, splices);
  if (createHash("sha256").update(original).digest("hex") === input.sha256) return original;
  throw store.damagedUndo(outputSha256, `gives other bytes than it promises, expected ${input.sha256}`);
}

/**
 * Prefixes end before or behind a line end, or with the file: an appended line may have brought the line end along.
 *
 * @param names SHA-256 of what is looked for
 * @returns those that are known, the longest last
 */
export function knownPrefixes(
  bytes: Buffer,
  names: ReadonlySet<string>,
): { readonly sha256: string; readonly length: number }[] {
  if (names.size === 0) return [];
  const hash = createHash("sha256");
  const known: { sha256: string; length: number }[] = [];
  let at = 0;
  const step = (end: number) => {
    hash.update(bytes.subarray(at, end));
    at = end;
    const sha256 = hash.copy().digest("hex");
    if (names.has(sha256)) known.push({ sha256, length: end });
  };
  while (at < bytes.length) {
    const feed = bytes.indexOf(LINE_FEED, at);
    step(feed === -1 ? bytes.length : feed);
    if (feed !== -1) step(feed + 1);
  }
  return known;
}
