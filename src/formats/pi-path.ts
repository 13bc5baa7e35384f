// In: the entries of a pi session that form its tree. Out: those that pi sends when the session is resumed, as its own
// session manager finds them: the way from the last entry to the root, and of that only what compaction kept.
import type { Entry } from "../transcript/types.ts";

/** Index of the header in a version 1 file: no message, so nothing is kept from there on. */
const HEADER = 0;

/** What a compaction entry says it kept of the conversation beside its summary: everything from one entry on. */
export interface Kept {
  readonly fromId: string | undefined;
  /** Version 1: counted over the entries of the file, the header included. */
  readonly fromIndex: number | undefined;
}

/** What the walk needs to know of one entry. */
export interface PathRecord {
  readonly entry: Entry;
  readonly id: string | undefined;
  readonly parentId: string | undefined;
  /** Present for compactions only. */
  readonly kept: Kept | undefined;
  /** Carried along for the user alone. */
  readonly isHidden: boolean;
}

/**
 * @param records all that the file holds, its header included, in file order
 * @param isLinear version 1: no ids, each entry follows the one before it, and kept entries are named by their index
 */
export function sentEntries(records: readonly PathRecord[], isLinear: boolean): ReadonlySet<Entry> {
  const path = isLinear ? records : pathToRoot(records);
  const compacted = path.findLastIndex(({ kept }) => kept !== undefined);
  const start = compacted === -1 ? 0 : firstKept(path, compacted, isLinear);
  const sent = path.filter(
    ({ kept, isHidden }, i) => i >= start && !isHidden && (kept === undefined || i === compacted),
  );
  return new Set(sent.map(({ entry }) => entry));
}

function pathToRoot(records: readonly PathRecord[]): PathRecord[] {
  const byId = new Map<string, PathRecord>();
  for (const record of records) if (record.id !== undefined) byId.set(record.id, record);
  const path = new Set<PathRecord>();
  let record = records.at(-1);
  while (record !== undefined && !path.has(record)) {
    path.add(record);
    record = record.parentId === undefined ? undefined : byId.get(record.parentId);
  }
  return [...path].reverse();
}

/** Where nothing before the compaction was kept, its summary stands first. */
function firstKept(path: readonly PathRecord[], compacted: number, isLinear: boolean): number {
  const { fromId, fromIndex = HEADER } = path[compacted]?.kept ?? {};
  const found = isLinear ? fromIndex : path.findIndex(({ id }) => id !== undefined && id === fromId);
  const isFound = isLinear ? found > HEADER : found >= 0;
  return isFound && found < compacted ? found : compacted;
}
