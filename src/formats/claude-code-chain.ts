// In: the records of a Claude Code session that form its tree. Out: the entries that the client sends when the session is
// resumed. A tree, because rewinds and parallel calls branch it; walked as the client's own loader does.
import type { Entry } from "../transcript/types.ts";

/** What the walk needs to know of one record. */
export interface ChainRecord {
  readonly entry: Entry;
  readonly uuid: string | undefined;
  readonly parentUuid: string | undefined;
  /** Of assistant records: one API message is written as several records, one block each. */
  readonly messageId: string | undefined;
  readonly isSidechain: boolean;
  readonly isMeta: boolean;
  /** Everything before a compaction boundary is out of the context. */
  readonly isBoundary: boolean;
  /** A user or assistant record, which alone can be the leaf. */
  readonly isConversation: boolean;
  readonly callIds: readonly string[];
  readonly answeredIds: readonly string[];
}

/**
 * The live entries: the walk from the leaf to the root, the other blocks of the messages on it, and their results. Where the
 * chain is broken, all that is no sidechain after the last boundary; in a file that is all sidechain (a sub-agent's), all.
 *
 * @param promisedLeaf the leaf that the file's last record names, where it does
 */
export function liveEntries(
  records: readonly ChainRecord[],
  promisedLeaf: string | undefined,
): ReadonlySet<Entry> {
  if (records.every(({ isSidechain }) => isSidechain)) return entriesOf(records);
  const chain = walk(records, promisedLeaf);
  if (chain === undefined) {
    const boundary = records.findLastIndex(({ isBoundary }) => isBoundary);
    return entriesOf(records.slice(boundary + 1).filter(({ isSidechain }) => !isSidechain));
  }
  return entriesOf([...chain, ...siblings(records, chain)]);
}

/** From the leaf up; undefined where a parent is missing or the walk runs in a circle. */
function walk(
  records: readonly ChainRecord[],
  promisedLeaf: string | undefined,
): Set<ChainRecord> | undefined {
  const byUuid = new Map<string, ChainRecord>();
  const parents = new Set<string>();
  for (const record of records) {
    if (record.uuid !== undefined) byUuid.set(record.uuid, record);
    if (record.parentUuid !== undefined) parents.add(record.parentUuid);
  }
  const promised = promisedLeaf === undefined ? undefined : byUuid.get(promisedLeaf);
  let record = promised ?? lastLeaf(records, parents, byUuid);
  const chain = new Set<ChainRecord>();
  while (record !== undefined) {
    if (chain.has(record)) return undefined;
    chain.add(record);
    if (record.parentUuid === undefined) return chain;
    record = byUuid.get(record.parentUuid);
  }
  return undefined;
}

/** The conversation record nearest to the last record that nobody names as parent. */
function lastLeaf(
  records: readonly ChainRecord[],
  parents: ReadonlySet<string>,
  byUuid: ReadonlyMap<string, ChainRecord>,
): ChainRecord | undefined {
  const terminals = records.filter(
    ({ uuid, isSidechain }) => uuid !== undefined && !parents.has(uuid) && !isSidechain,
  );
  for (const terminal of terminals.reverse()) {
    const seen = new Set<ChainRecord>();
    let record: ChainRecord | undefined = terminal;
    while (record !== undefined && !seen.has(record)) {
      if (record.isConversation && !record.isMeta) return record;
      seen.add(record);
      record = record.parentUuid === undefined ? undefined : byUuid.get(record.parentUuid);
    }
  }
  return undefined;
}

/**
 * Of a parallel call only one branch lies on the way to the leaf; the client rescues the others. 6.7 % of the live observations
 * of real sessions stand off the strict chain.
 */
function siblings(records: readonly ChainRecord[], chain: ReadonlySet<ChainRecord>): ChainRecord[] {
  const messages = new Set<string>();
  for (const { messageId } of chain) if (messageId !== undefined) messages.add(messageId);
  const rescued = records.filter(
    ({ messageId, isSidechain }) => messageId !== undefined && messages.has(messageId) && !isSidechain,
  );
  const calls = new Set(rescued.flatMap(({ callIds }) => callIds));
  return [...rescued, ...records.filter(({ answeredIds }) => answeredIds.some((id) => calls.has(id)))];
}

function entriesOf(records: Iterable<ChainRecord>): Set<Entry> {
  return new Set([...records].map(({ entry }) => entry));
}
