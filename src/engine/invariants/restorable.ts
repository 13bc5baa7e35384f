// Promise 3. The undo record, applied to the output, gives the input: compared byte for byte, before anything is written.
import { applyUndo } from "../../artifacts/undo.ts";
import type { Invariant } from "./invariant.ts";

export const restorable: Invariant = {
  name: "restorable",
  promise: "The undo record turns the output back into the input, byte for byte.",

  check({ output, transcript }) {
    const restored = applyUndo(Buffer.concat(output.chunks), output.undo.splices);
    if (restored.equals(transcript.source)) return [];
    const at = firstDifference(restored, transcript.source);
    const line = transcript.lines.findLast(
      ({ bytes }) => bytes.byteOffset - transcript.source.byteOffset <= at,
    );
    return [{ line: line?.number ?? 1, message: `byte ${at + 1} of the file would not come back` }];
  },
};

function firstDifference(a: Buffer, b: Buffer): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at;
}
