// In: a transcript cut at a step. Out: what the agent used after the cut and could only have known from observations before
// it: verbatim lines (V) and typed tokens (T). The observations of the last step are kept by every method, and not asked about.
import { agentStrings } from "../../src/scoring/agent-strings.ts";
import type { Observation, Transcript } from "../../src/transcript/types.ts";
import { prefixUpTo } from "./transcripts.ts";
import { typedTokens } from "./typed-tokens.ts";

const MIN_LINE = 20;
const GUTTER = /^\s*\d+\s*[\t:|→-]\s?/;

export interface Cut {
  readonly prefix: Transcript;
  /** Observations that a method may cut: all but those of the last step. */
  readonly candidates: readonly Observation[];
  readonly lines: ReadonlySet<string>;
  readonly tokens: ReadonlySet<string>;
}

/** A line as the metric compares it; undefined where it is too short to be a quotation. */
export function plainLine(line: string): string | undefined {
  const plain = line.replace(GUTTER, "").trim();
  return plain.length >= MIN_LINE ? plain : undefined;
}

export function observationText(observation: Observation): string {
  return observation.blocks.map(({ text = "" }) => text).join("\n");
}

export function cutAt(transcript: Transcript, step: number): Cut {
  const prefix = prefixUpTo(transcript, step);
  const lastStep = prefix.observations.at(-1)?.step ?? 0;
  const candidates = prefix.observations.filter((observation) => observation.step < lastStep);

  const seenLines = new Set<string>();
  const seenTokens = new Set<string>();
  for (const observation of candidates) collect(observationText(observation), seenLines, seenTokens);

  const knownLines = new Set<string>();
  const knownTokens = new Set<string>();
  // What the last step shows is there whatever a method does.
  for (const observation of prefix.observations) {
    if (observation.step >= lastStep) collect(observationText(observation), knownLines, knownTokens);
  }
  for (const block of prefix.blocks) {
    if (block.kind === "result") continue;
    for (const text of block.role === "assistant" ? agentStrings(block) : [block.text ?? ""])
      collect(text, knownLines, knownTokens, writtenLines);
  }

  const lines = new Set<string>();
  const tokens = new Set<string>();
  for (const block of transcript.blocks.slice(prefix.blocks.length)) {
    const isAgent = block.role === "assistant";
    for (const text of isAgent ? agentStrings(block) : [block.text ?? ""]) {
      if (isAgent) {
        for (const line of writtenLines(text))
          if (seenLines.has(line) && !knownLines.has(line)) lines.add(line);
        for (const token of typedTokens(text))
          if (seenTokens.has(token) && !knownTokens.has(token)) tokens.add(token);
      }
      // What was seen again before its first use was acquired again; later uses are none of the prefix.
      if (!isAgent) collect(text, knownLines, knownTokens);
    }
  }
  const insideLines = new Set([...lines].flatMap((line) => [...typedTokens(line)]));
  for (const token of insideLines) tokens.delete(token);
  return { prefix, candidates, lines, tokens };
}

function* plainLines(text: string): Generator<string> {
  for (const line of text.split("\n")) {
    const plain = plainLine(line);
    if (plain !== undefined) yield plain;
  }
}

/** What an agent wrote: its lines, and those of a patch without their signs too. */
function* writtenLines(text: string): Generator<string> {
  for (const plain of plainLines(text)) {
    yield plain;
    if (/^[+-]/.test(plain)) {
      const unsigned = plainLine(plain.slice(1));
      if (unsigned !== undefined) yield unsigned;
    }
  }
}

function collect(text: string, lines: Set<string>, tokens: Set<string>, linesIn = plainLines): void {
  for (const line of linesIn(text)) lines.add(line);
  for (const token of typedTokens(text)) tokens.add(token);
}
