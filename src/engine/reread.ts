// In: the source and the output. Out: every changed line parsed again on both sides, and each cut block with the text that the
// next reader will find. What cannot be read again is said, not thrown: it is for the invariants to judge.
import { type JsonNode, parseJson } from "../jsonl/json.ts";
import { innerStringNode } from "../jsonl/offsets.ts";
import { applySplices } from "../jsonl/splice.ts";
import type { Block, Line } from "../transcript/types.ts";
import type { Output } from "./apply.ts";
import type { Cut } from "./choose.ts";

export interface RereadLine {
  readonly line: Line;
  /** The line as it comes out, without its end. */
  readonly bytes: Buffer;
  readonly before: JsonNode;
  /** Undefined when the line is no longer JSON. */
  readonly after: JsonNode | undefined;
  readonly blocks: readonly RereadBlock[];
}

export interface RereadBlock {
  readonly block: Block;
  /** Undefined when there is no string any more where the block was. */
  readonly text: string | undefined;
}

export function reread(cuts: readonly Cut[], output: Output): RereadLine[] {
  const blocksOf = new Map<Line, Block[]>();
  for (const { block } of cuts) {
    const known = blocksOf.get(block.entry.line);
    if (known === undefined) blocksOf.set(block.entry.line, [block]);
    else known.push(block);
  }
  return [...output.splices].map(([line, splices]) => {
    const bytes = applySplices(line.bytes, splices);
    const before = parseJson(line.bytes);
    const after = tryParse(bytes);
    const nodes = new Map<number, JsonNode>();
    if (after !== undefined) pairStrings(before, after, nodes);
    const blocks = (blocksOf.get(line) ?? []).map((block) => {
      const node = nodes.get(block.span.start);
      return { block, text: node === undefined ? undefined : textOf(node, block) };
    });
    return { line, bytes, before, after, blocks };
  });
}

/** Walks both values side by side and notes, for each string before, the string that stands in its place after. */
function pairStrings(before: JsonNode, after: JsonNode, nodes: Map<number, JsonNode>): void {
  if (before.type === "string" && after.type === "string") nodes.set(before.start, after);
  before.values.forEach((value, i) => {
    const partner = after.values[i];
    if (partner !== undefined) pairStrings(value, partner, nodes);
  });
}

function textOf(node: JsonNode, block: Block): string | undefined {
  const text = node.text();
  if (text === undefined || block.inner === undefined) return text;
  return innerStringNode(text, innerName(block))?.node.text();
}

/** The member of the inner object that holds the block: found by its place, since only formats know names. */
function innerName(block: Block): string {
  const { bytes } = block.entry.line;
  const outer: string = JSON.parse(bytes.toString("utf8", block.span.start, block.span.end));
  const object = parseJson(Buffer.from(outer, "utf8"));
  const index = object.values.findIndex(({ start }) => start === block.inner?.start);
  return object.keys[index]?.text() ?? "";
}

function tryParse(bytes: Buffer): JsonNode | undefined {
  try {
    return parseJson(bytes);
  } catch {
    return undefined;
  }
}
