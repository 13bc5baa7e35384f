// Promise 4. A changed line is the same JSON as before but for the strings that were cut: same members, same order, same
// numbers, ids and types. So calls stay paired and chains stay whole without a rule for each.
import type { JsonNode } from "../../jsonl/json.ts";
import type { Invariant } from "./invariant.ts";

export const validStructure: Invariant = {
  name: "valid-structure",
  promise: "Every changed line is valid JSON and differs in the cut strings only; none of them is empty.",

  check({ changed }) {
    return changed.flatMap(({ line, before, after, blocks }) => {
      if (after === undefined) return [{ line: line.number, message: "the line is no longer JSON" }];
      const cut = new Set(blocks.map(({ block }) => block.span.start));
      const messages = blocks
        .filter(({ text }) => !text)
        .map(() => "a cut block is empty or no longer a string");
      const place = firstDifference(before, after, cut, "$");
      if (place !== undefined) messages.push(`${place} is not what it was`);
      return messages.map((message) => ({ line: line.number, message }));
    });
  },
};

/** @returns the path of the first value that differs and is no cut string */
function firstDifference(
  before: JsonNode,
  after: JsonNode,
  cut: ReadonlySet<number>,
  path: string,
): string | undefined {
  if (before.type !== after.type || before.values.length !== after.values.length) return path;
  if (before.values.length === 0) {
    const isSame = cut.has(before.start) ? before.type === "string" : before.raw === after.raw;
    return isSame ? undefined : path;
  }
  for (let i = 0; i < before.values.length; i++) {
    const name = before.keys[i]?.raw ?? String(i);
    if (before.keys[i]?.raw !== after.keys[i]?.raw) return `${path}.${name}`;
    const place = firstDifference(before.values[i]!, after.values[i]!, cut, `${path}.${name}`);
    if (place !== undefined) return place;
  }
  return undefined;
}
