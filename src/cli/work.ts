// In: one file of a batch. Out: what became of it, ready to be sent from one thread to another.
import { type Batch, compactFile } from "./compact-file.ts";
import { ExitCode } from "./exit-codes.ts";
import { type Input, InterruptedError } from "./inputs.ts";
import type { FileResult } from "./worker-tasks.ts";

/** @throws ReaderGoneError when nobody reads stdout any more */
export async function workOn(input: Input, batch: Batch): Promise<FileResult> {
  try {
    const { report, code, session } = await compactFile(input, batch);
    return { row: JSON.stringify(report), code, session };
  } catch (error) {
    if (error instanceof InterruptedError) return { row: undefined, code: ExitCode.interrupted };
    throw error;
  }
}
