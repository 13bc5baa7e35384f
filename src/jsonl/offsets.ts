// In: places in a decoded text, counted in UTF-16 characters. Out: the bytes of the line where those places are written.
// This is what lets the engine cut inside a JSON string without encoding it again.
import type { Block } from "../transcript/types.ts";
import { tokenText } from "./block-text.ts";
import { parseJson } from "./json.ts";

/**
 * Translates character offsets of a block's text into byte offsets of its line.
 *
 * @param offsets ascending, each from 0 to the length of the text; never inside a surrogate pair
 * @returns one byte offset each, between the quotes of the string token
 */
export function lineOffsets(block: Block, offsets: readonly number[]): number[] {
  const { bytes } = block.entry.line;
  const contentStart = block.span.start + 1;
  const content = bytes.subarray(contentStart, block.span.end - 1);
  if (block.inner === undefined)
    return encodedOffsets(content, offsets).map((offset) => contentStart + offset);

  const outer = Buffer.from(tokenText(block), "utf8");
  const innerStart = block.inner.start + 1;
  const inOuter = encodedOffsets(outer.subarray(innerStart, block.inner.end - 1), offsets).map(
    (offset) => innerStart + offset,
  );
  return encodedOffsets(content, characterOffsets(outer, inOuter)).map((offset) => contentStart + offset);
}

/** Byte spans, quotes included, of a string member of the JSON object that a decoded string holds. */
export function innerStringNode(decoded: string, name: string) {
  // A lone surrogate has no UTF-8 form, so its offsets could not be translated: such text is read as plain.
  if (!decoded.startsWith("{") || !decoded.isWellFormed()) return undefined;
  try {
    const object = parseJson(Buffer.from(decoded, "utf8"));
    const node = object.get(name);
    return node?.type === "string" ? { object, node } : undefined;
  } catch {
    return undefined;
  }
}

/** Byte offsets inside the content of a string token (without quotes) of ascending character offsets of its value. */
function encodedOffsets(content: Buffer, offsets: readonly number[]): number[] {
  const result: number[] = [];
  let at = 0;
  let characters = 0;
  for (const offset of offsets) {
    while (characters < offset) {
      const first = content[at]!;
      if (first === 0x5c) at += content[at + 1] === 0x75 ? 6 : 2;
      else if (first < 0x80) at += 1;
      else if (first < 0xe0) at += 2;
      else if (first < 0xf0) at += 3;
      else {
        at += 4;
        characters++; // a pair of surrogates
      }
      characters++;
    }
    result.push(at);
  }
  return result;
}

/** UTF-16 offsets of ascending byte offsets of a UTF-8 text. */
function characterOffsets(bytes: Buffer, offsets: readonly number[]): number[] {
  const result: number[] = [];
  let characters = 0;
  let from = 0;
  for (const offset of offsets) {
    characters += bytes.toString("utf8", from, offset).length;
    from = offset;
    result.push(characters);
  }
  return result;
}
