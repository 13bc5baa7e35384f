// In: what a run removed, and a store. Out: the store with it, so that the output may appear. The step between computing and
// writing that no caller may leave out.
import type { Store } from "./artifacts/store.ts";
import type { Compacted } from "./compact.ts";
import { restore } from "./restore.ts";

/** Inputs that differ in nothing but copies that the model never sees have one output, and a store has one undo record for it. */
export class OtherOriginalError extends Error {
  override readonly name = "OtherOriginalError";
  readonly hint = "name another store with -a DIR; the output was not written";
}

/**
 * @returns bytes added to the store
 * @throws OtherOriginalError when the store restores the same output to another original; the error of the file system
 */
export async function saveRemoved(compaction: Compacted, store: Store): Promise<number> {
  const { choice, undo, prices, transcript } = compaction;
  const tokens = new Map<string, number>();
  for (const { artifact, block } of choice.cuts) {
    if (artifact !== undefined)
      tokens.set(artifact.sha256, (tokens.get(artifact.sha256) ?? 0) + prices.tokens(block));
  }
  const entries = choice.cuts.flatMap(({ artifact }) =>
    artifact === undefined ? [] : [{ artifact, tokens: tokens.get(artifact.sha256) ?? 0 }],
  );
  refuseOtherOriginal(compaction, store);
  return store.save(undo, entries, transcript.format);
}

function refuseOtherOriginal({ chunks, undo, transcript: { source } }: Compacted, store: Store): void {
  const known = store.readableUndo(undo.output.sha256);
  if (known === undefined || known.input.sha256 === undo.input.sha256) return;
  if (restore(Buffer.concat(chunks), store).bytes.equals(restore(source, store).bytes)) return;
  throw new OtherOriginalError(
    `the store ${store.directory} restores this output to another original, expected this one`,
  );
}
