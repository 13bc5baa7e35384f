// Promise 3. The undo record, applied to the output, gives the input: compared byte for byte, before anything is written.
import { undoneParts } from "../../artifacts/undo.ts";
import type { Invariant } from "./invariant.ts";

export const restorable: Invariant = {
  name: "restorable",
  promise: "The undo record turns the output back into the input, byte for byte.",

  check({ output, transcript: { source, lines } }) {
    let at = 0;
    for (const part of undoneParts(Buffer.concat(output.chunks), output.undo.splices)) {
      if (!part.equals(source.subarray(at, at + part.length))) break;
      at += part.length;
    }
    if (at === source.length) return [];
    const line = lines.findLast(({ bytes }) => bytes.byteOffset - source.byteOffset <= at);
    return [{ line: line?.number ?? 1, message: `bytes from ${at + 1} of the file on would not come back` }];
  },
};
