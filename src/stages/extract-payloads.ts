// In: a transcript. Out: proposals to delete the middle of very large observations: head and tail stay, the store has the rest.
import { lineSpans } from "../transcript/lines.ts";
import { LONG_LINE, LONG_LINE_END, middleOfLine } from "../transcript/long-lines.ts";
import { contains } from "../transcript/ranges.ts";
import type { Block, Deletion, Range, Stage } from "../transcript/types.ts";

export const extractPayloads: Stage<{ minTokens: number; lines: number; characters: number }> = {
  name: "extract-payloads",
  description: "the middle of very large observations; head and tail stay",
  options: {
    minTokens: { description: "leave payloads below this size, in tokens", default: 8000, minimum: 500 },
    lines: { description: "how many lines stay at each end", default: 20, minimum: 1 },
    characters: {
      description: "how many characters stay at each end of a very long line",
      default: 400,
      minimum: LONG_LINE_END,
    },
  },

  propose(transcript, options, plan) {
    return transcript.observations
      .filter((observation) => observation.live)
      .flatMap((observation) => observation.blocks)
      .filter((block) => !block.settled && plan.originalTokens(block) >= options.minTokens)
      .flatMap((block) => proposeMiddle(block, options, plan.originalTokens(block)));
  },
};

function proposeMiddle(
  block: Block,
  options: { lines: number; characters: number },
  tokens: number,
): Deletion[] {
  const text = block.text ?? "";
  const spans = lineSpans(text);
  const middle: Range = [options.lines, spans.length - options.lines];
  const longLines = spans
    .filter(([start, end], line) => end - start > LONG_LINE && !contains([middle], line))
    .map((span) => middleOfLine(text, span, options.characters));
  const deletion = { block, stage: "extract-payloads", reason: `a payload of ${tokens} tokens`, level: 0 };
  return [
    ...(middle[0] < middle[1] ? [{ ...deletion, ranges: [middle], unit: "lines" as const }] : []),
    ...(longLines.length > 0 ? [{ ...deletion, ranges: longLines, unit: "characters" as const }] : []),
  ];
}
