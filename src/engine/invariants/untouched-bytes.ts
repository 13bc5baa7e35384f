// Promise 2. Every splice lies inside the quotes of a string token that was cut; all other bytes of the output, lines
// without deletions among them, are the input's.
import type { Invariant } from "./invariant.ts";

export const untouchedBytes: Invariant = {
  name: "untouched-bytes",
  promise: "Only the bytes inside the cut string tokens differ.",

  check({ cuts, output, transcript }) {
    const outside = [...output.splices].flatMap(([line, splices]) => {
      const spans = cuts.filter(({ block }) => block.entry.line === line).map(({ block }) => block.span);
      return splices
        .filter(({ start, end }) => !spans.some((span) => span.start < start && end < span.end))
        .map(({ start }) => ({
          line: line.number,
          message: `byte ${start + 1} was cut outside of a string`,
        }));
    });
    let kept = transcript.source.length;
    let written = 0;
    for (const splices of output.splices.values()) {
      for (const { start, end, insert } of splices) kept += insert.length - (end - start);
    }
    for (const chunk of output.chunks) written += chunk.length;
    return kept === written
      ? outside
      : [...outside, { line: 1, message: `${written} bytes came out, expected ${kept}` }];
  },
};
