// In: a block. Out: the text that its string token stands for, one level of JSON decoded or all of them. Never changes a byte.
import type { Block } from "../transcript/types.ts";

/** The string that the token in the line decodes to: for nested text the JSON that holds it. */
export function tokenText({ entry, span }: Block): string {
  return JSON.parse(entry.line.bytes.toString("utf8", span.start, span.end));
}

/** The text of a string block, decoded through as many levels of JSON as it is encoded in. */
export function decodeBlock(block: Block): string {
  const outer = tokenText(block);
  if (block.inner === undefined) return outer;
  return JSON.parse(Buffer.from(outer, "utf8").toString("utf8", block.inner.start, block.inner.end));
}
