// In: the lines of a block. Out: for each line the rarest word of the definition around it that the agent used after this observation, and
// whether a definition begins there. Goes by indentation: knows no language.
import type { BlockLines } from "./block-lines.ts";
import type { Context } from "./feature-context.ts";
import { isDefinition, isPunctuation, type LineBody } from "./line-shape.ts";
import * as tuned from "./weights.ts";

export function definitionsAround(lines: BlockLines, { idf, lastUse, wordList }: Context) {
  const { text, starts, ends, indents, wordStarts, index } = lines;
  const inUse = new Float64Array(starts.length);
  const isFirstLine = new Uint8Array(starts.length);
  const body: LineBody = { start: 0, end: 0, indent: 0 };
  const open: { indent: number; inUse: number }[] = [];
  for (let i = 0; i < starts.length; i++) {
    body.start = starts[i]!;
    body.end = ends[i]!;
    if (body.start < body.end) {
      const indent = indents[i]!;
      while (open.length > 0 && open.at(-1)!.indent >= indent) {
        // The line that closes a definition with a bracket belongs to it.
        if (open.at(-1)!.indent === indent && isPunctuation(text, body)) break;
        open.pop();
      }
      if (isDefinition(text, body)) {
        isFirstLine[i] = 1;
        let most = 0;
        for (let w = wordStarts[i]!; w < wordStarts[i + 1]!; w++) {
          const word = wordList[w]!;
          if (lastUse[word]! > index) most = Math.max(most, idf[word]!);
        }
        open.push({ indent, inUse: Math.min(tuned.MAX_DEFINITION_IN_USE, most) });
      }
    }
    inUse[i] = open.at(-1)?.inUse ?? 0;
  }
  return { inUse, isFirstLine };
}
