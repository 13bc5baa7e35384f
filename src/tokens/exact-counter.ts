// In: an encoding and the bytes of its table. Out: a counter that counts what the encoding's own encoder would make of a
// text, special-token strings counted as the plain text they are in a transcript.

import type { Encoding } from "./encodings.ts";
import { RecentCounts } from "./recent-counts.ts";
import { scanner } from "./scanner.ts";
import { partsOf, startsSegment } from "./segments.ts";
import { TokenTable } from "./table.ts";
import { TextBytes } from "./text-bytes.ts";
import type { TokenCounter } from "./token-counter.ts";

/** Long texts are counted in parts of this size, so that their bytes stay in the processor's cache. */
const PART_UNITS = 1 << 16;

/** @param table the bytes of the encoding's table, wherever they come from; used in place. */
export function exactCounter(encoding: Encoding, table: Uint8Array): TokenCounter {
  const scan = scanner(encoding, new TokenTable(table));
  const textBytes = new TextBytes();
  const recentCounts = new RecentCounts();

  const scanPart = (part: string, tokens: number, atLineEnds?: number[]): number => {
    const length = textBytes.encode(part);
    return scan(textBytes.bytes, length, tokens, atLineEnds);
  };

  const scanText = (text: string, atLineEnds?: number[]): number => {
    if (text.length <= PART_UNITS) return scanPart(text, 0, atLineEnds);
    let tokens = 0;
    for (const part of partsOf(text, PART_UNITS)) tokens = scanPart(part, tokens, atLineEnds);
    return tokens;
  };

  return {
    name: encoding.name,
    count(text) {
      const known = recentCounts.find(text);
      if (known !== undefined) return known;
      const tokens = scanText(text);
      recentCounts.keep(text, tokens);
      return tokens;
    },
    additivity: {
      startsSegment: (line, previous) => startsSegment(line, previous, encoding.joinsSlashes),
      units: (text) => scanText(text),
      unitsUpToLines(text) {
        const upToLines: number[] = [];
        upToLines.push(scanText(text, upToLines));
        return upToLines;
      },
      tokens: (units) => units,
    },
  };
}
