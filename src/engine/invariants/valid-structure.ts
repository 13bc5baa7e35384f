// Promise 4. A changed line is JSON, and where a string was cut there is one string again. With untouched bytes between them
// its members, ids, numbers and order are what they were: calls stay paired and chains whole without a rule for each.
import type { Invariant } from "./invariant.ts";

export const validStructure: Invariant = {
  name: "valid-structure",
  promise: "Every changed line is valid JSON, and each cut string is one string, not empty, in its place.",

  check({ changed }) {
    return changed.flatMap(({ line, json, blocks }) => {
      if (json === undefined) return [{ line: line.number, message: "the line is no longer JSON" }];
      return blocks
        .filter(({ text }) => !text)
        .map(() => ({ line: line.number, message: "a cut block is empty or no longer a string" }));
    });
  },
};
