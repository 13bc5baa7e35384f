// Promise 6. Counted on the finished text: no cut block costs more tokens than before, and the file has no more bytes.
import type { Invariant } from "./invariant.ts";

export const neverLarger: Invariant = {
  name: "never-larger",
  promise: "No cut block costs more tokens than it did, and no file grows.",

  check({ changed, output, prices }) {
    const grown = changed.flatMap(({ line, blocks, bytes }) => {
      const messages = blocks
        .filter(({ block, text }) => block.live && prices.count(text ?? "") >= prices.tokens(block))
        .map(() => "a cut block costs as many tokens as before");
      if (bytes.length > line.bytes.length) messages.push("the line is longer than it was");
      return messages.map((message) => ({ line: line.number, message }));
    });
    const { input, output: written } = output.undo;
    return written.bytes > input.bytes
      ? [...grown, { line: 1, message: "the file is larger than it was" }]
      : grown;
  },
};
