// In: the cuts and the output. Out: every changed line as the next reader will find it: parsed again, each cut block with its
// text. What cannot be read again is said, not thrown: it is for the invariants to judge.
import { tokenText } from "../jsonl/block-text.ts";
import { parseJson } from "../jsonl/json.ts";
import type { JsonNode } from "../jsonl/json-node.ts";
import { innerStringNode } from "../jsonl/offsets.ts";
import { applySplices, type Splice } from "../jsonl/splice.ts";
import type { Block, Line, Span } from "../transcript/types.ts";
import type { Output } from "./apply.ts";
import type { Cut } from "./choose.ts";

export interface RereadLine {
  readonly line: Line;
  /** The line as it comes out, without its end. */
  readonly bytes: Buffer;
  /** Undefined when the line is no longer JSON. */
  readonly json: JsonNode | undefined;
  /** In the order in which they stand in the line. */
  readonly blocks: readonly RereadBlock[];
}

export interface RereadBlock {
  readonly block: Block;
  /** Where its string should stand in the line that came out, quotes included. */
  readonly span: Span;
  /** Undefined when there is no such string. */
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
    const json = tryParse(bytes);
    const blocks = (blocksOf.get(line) ?? []).map((block) => {
      const span = moved(block.span, splices);
      const node = json?.at(span.start);
      return { block, span, text: node?.end === span.end ? textOf(node, block) : undefined };
    });
    blocks.sort((a, b) => a.span.start - b.span.start);
    return { line, bytes, json, blocks };
  });
}

/** Where a span of the input stands after the splices before its ends. */
function moved({ start, end }: Span, splices: readonly Splice[]): Span {
  let before = 0;
  let inside = 0;
  for (const splice of splices) {
    const growth = splice.insert.length - (splice.end - splice.start);
    if (splice.end <= start) before += growth;
    else if (splice.end < end) inside += growth;
  }
  return { start: start + before, end: end + before + inside };
}

function textOf(node: JsonNode, block: Block): string | undefined {
  const text = node.text();
  if (text === undefined || block.inner === undefined) return text;
  return innerStringNode(text, innerName(block))?.node.text();
}

/** The member of the inner object that holds the block: found by its place, since only formats know names. */
function innerName(block: Block): string {
  const object = parseJson(Buffer.from(tokenText(block), "utf8"));
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
