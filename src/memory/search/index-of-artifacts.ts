// In: the artifacts that a store holds and the segments that are there. Out: segments that know every artifact: what is new is
// indexed, what is gone is forgotten, what cannot be read is made anew. Two processes may do this at once: a segment is named by
// what it holds, so they write the same files or files that say the same twice, and readers count a text once.
import { createHash } from "node:crypto";
import { Segment, SegmentWriter } from "./segment.ts";
import { forEachTerm } from "./terms.ts";

/** What the index needs of the world. */
export interface IndexFiles {
  artifacts(): readonly string[];
  /** Undefined for one that is gone or damaged. */
  artifact(name: string): string | undefined;
  segments(): readonly string[];
  segment(name: string): Buffer | undefined;
  write(name: string, bytes: Uint8Array): void;
  remove(name: string): void;
}

/** A segment holds at most so much text, so that building one stays within memory. In characters. */
const MAX_SEGMENT = 32_000_000;
/** Below this a segment is small; so many small ones are joined. */
const SMALL_SEGMENT = 8_000_000;
const MAX_SMALL_SEGMENTS = 8;

export function updatedIndex(files: IndexFiles): Segment[] {
  const present = new Set(files.artifacts());
  const segments = new Map<string, Segment>();
  for (const name of files.segments()) {
    const bytes = files.segment(name);
    const segment = bytes === undefined ? undefined : Segment.read(bytes);
    if (segment === undefined) tryTo(() => files.remove(name));
    else segments.set(name, segment);
  }
  const known = new Set([...segments.values()].flatMap(({ texts }) => texts.map(({ name }) => name)));
  for (const segment of build(
    files,
    [...present].filter((name) => !known.has(name)),
  )) {
    segments.set(...segment);
  }
  joinSmallOnes(files, segments, present);
  return [...segments.values()];
}

function* build(files: IndexFiles, names: readonly string[]): Generator<[string, Segment]> {
  let writer = new SegmentWriter();
  let held: string[] = [];
  let size = 0;
  for (const name of names) {
    const text = files.artifact(name);
    if (text === undefined) continue;
    writer.add(name, text, forEachTerm);
    held.push(name);
    size += text.length;
    if (size < MAX_SEGMENT) continue;
    yield write(files, writer, held);
    writer = new SegmentWriter();
    held = [];
    size = 0;
  }
  if (held.length > 0) yield write(files, writer, held);
}

function joinSmallOnes(
  files: IndexFiles,
  segments: Map<string, Segment>,
  present: ReadonlySet<string>,
): void {
  const small = [...segments].filter(([, { texts }]) => sum(texts.map(({ size }) => size)) < SMALL_SEGMENT);
  const isStale = ([, { texts }]: [string, Segment]) =>
    texts.filter(({ name }) => !present.has(name)).length * 2 > texts.length;
  const joined = small.length > MAX_SMALL_SEGMENTS ? small : [...segments].filter(isStale);
  if (joined.length === 0) return;
  const writer = new SegmentWriter();
  const held = new Set<string>();
  for (const [, segment] of joined) {
    const fresh = new Set(
      segment.texts.map(({ name }) => name).filter((name) => present.has(name) && !held.has(name)),
    );
    writer.addSegment(segment, (name) => fresh.has(name));
    for (const name of fresh) held.add(name);
  }
  const written = held.size === 0 ? undefined : write(files, writer, [...held]);
  for (const [name] of joined) {
    segments.delete(name);
    if (name !== written?.[0]) tryTo(() => files.remove(name));
  }
  if (written !== undefined) segments.set(...written);
}

function write(files: IndexFiles, writer: SegmentWriter, held: readonly string[]): [string, Segment] {
  const bytes = writer.toBytes();
  const name = createHash("sha256")
    .update([...held].sort().join("\n"))
    .digest("hex");
  tryTo(() => files.write(name, bytes));
  return [name, Segment.read(bytes)!];
}

/** An index that cannot be kept is made again by the next search. */
function tryTo(act: () => void): void {
  try {
    act();
  } catch {
    // a store that may only be read, or a full disk
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
