// In: files that wait, and how many threads there are. Out: those that go to a thread together. A message wakes another thread, which
// costs as much as a small file takes: so small ones travel in groups, and large ones alone.

/** In bytes: some tens of milliseconds of work. */
const GROUP_BYTES = 256_000;
export const MOST_IN_GROUP = 32;

/** Takes the first group out of what waits: by and by smaller ones, so that all threads end together. */
export function takeGroup<Item extends { readonly bytes: number }>(waiting: Item[], threads: number): Item[] {
  const all = waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  const room = Math.min(GROUP_BYTES, all / (2 * threads));
  let size = 0;
  const end = waiting.findIndex(({ bytes }, i) => {
    size += bytes;
    return i > 0 && (i === MOST_IN_GROUP || size > room);
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}
