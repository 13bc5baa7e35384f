// In: the entries of a pi session that form its tree. Out: those that pi sends when the session is resumed, as its own
// session manager finds them: the way from the last entry to the root, and of that only what compaction kept.
import type { Entry } from "../transcript/types.ts";

/** What the walk needs to know of one entry. */
export interface PathRecord {
  readonly entry: Entry;
  readonly id: string | undefined;
  readonly parentId: string | undefined;
  /** Present for a compaction: the entry from which on the conversation was kept beside the summary. */
  readonly compaction:
    | { readonly firstKeptId?: string | undefined; readonly firstKeptIndex?: number | undefined }
    | undefined;
  /** Carried along for the user alone. */
  readonly isHidden: boolean;
}

/**
 * @param records all that the file holds, its header included, in file order
 * @param isLinear version 1: no ids, each entry follows the one before it, and kept entries are named by their index
 */
export function sentEntries(records: readonly PathRecord[], isLinear: boolean): ReadonlySet<Entry> {
  const path = isLinear ? records : pathToRoot(records);
  const compacted = path.findLastIndex(({ compaction }) => compaction !== undefined);
  const kept = compacted === -1 ? 0 : firstKept(path, compacted, isLinear);
  const sent = path.filter(
    ({ compaction, isHidden }, i) => i >= kept && !isHidden && (compaction === undefined || i === compacted),
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

/** Where nothing before the compaction was kept, the summary stands alone: index 0 is the header, which is no message. */
function firstKept(path: readonly PathRecord[], compacted: number, isLinear: boolean): number {
  const { firstKeptId, firstKeptIndex = 0 } = path[compacted]?.compaction ?? {};
  const found = isLinear
    ? firstKeptIndex || Number.POSITIVE_INFINITY
    : path.findIndex(({ id }) => id !== undefined && id === firstKeptId);
  return found >= 0 && found < compacted ? found : compacted;
}
