// Promise 2. Between the string tokens that were cut, a changed line has the bytes that it had; and no byte of the file comes
// out that is neither the input's nor a splice's.
import type { Invariant } from "./invariant.ts";

export const untouchedBytes: Invariant = {
  name: "untouched-bytes",
  promise: "Only the bytes inside the cut string tokens differ.",

  check({ changed, output, transcript }) {
    const violations = changed.flatMap(({ line, bytes, blocks }) => {
      let [before, after] = [0, 0];
      for (const { block, span } of [...blocks, END]) {
        const [was, is] = [
          line.bytes.subarray(before, block?.span.start),
          bytes.subarray(after, span?.start),
        ];
        if (!was.equals(is))
          return [{ line: line.number, message: "bytes outside of the cut strings differ" }];
        before = block?.span.end ?? 0;
        after = span?.end ?? 0;
      }
      return [];
    });
    const growth = changed.reduce((sum, { line, bytes }) => sum + bytes.length - line.bytes.length, 0);
    const expected = transcript.source.length + growth;
    const written = output.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    return written === expected
      ? violations
      : [...violations, { line: 1, message: `${written} bytes came out, expected ${expected}` }];
  },
};

/** Behind the last cut string: the rest of the line. */
const END = { block: undefined, span: undefined };
