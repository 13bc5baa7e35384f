// In: a transcript that may have been compacted. Out: its bytes before: what a compaction moved out is put back, where the store
// has it, so that memory reads the whole session.
import type { Store } from "../artifacts/store.ts";
import { restore } from "../restore.ts";
import { type Input, readInput } from "./inputs.ts";
import type { Io } from "./io.ts";

export async function readRestored(input: Input, store: Store, io: Io): Promise<Buffer> {
  const bytes = await readInput(input, io);
  if (!bytes.includes("[compact")) return bytes;
  const restored = restore(bytes, store);
  return restored.status === "incomplete" ? bytes : restored.bytes;
}
