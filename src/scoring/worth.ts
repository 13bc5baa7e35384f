// In: a transcript. Out: what each line of each live observation is worth keeping, as a positive number of which only ratios mean
// anything. Knows nothing of budgets, prices and markers.

import { type CommandKind, commandKind } from "../transcript/command-kind.ts";
import { isErrorLine } from "../transcript/error-lines.ts";
import { lineSpans } from "../transcript/lines.ts";
import type { Block, Observation, Transcript } from "../transcript/types.ts";
import { readAgentUse } from "./agent-use.ts";
import { editedFiles, fileKeys } from "./files.ts";
import {
  endsLikeCode,
  findBody,
  isDefinition,
  isLicence,
  isPassedTest,
  isProgress,
  isPunctuation,
  isSearchHit,
  type LineBody,
} from "./line-shape.ts";
import * as tuned from "./weights.ts";
import { Words } from "./words.ts";

const { WEIGHTS } = tuned;

/** The worth of each line of each block of a live observation. */
export type Worths = ReadonlyMap<Block, Float64Array>;

/** The lines of one block, as far as scoring looks at them. */
interface BlockLines {
  readonly block: Block;
  readonly text: string;
  /** Number of the observation, counted along the live ones. */
  readonly index: number;
  readonly kind: CommandKind;
  readonly isEdited: boolean;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly indents: Int32Array;
  /** Where the distinct words of each line begin in `wordList`, and where those of the last end. */
  readonly wordStarts: Int32Array;
}

export function scoreLines(transcript: Transcript): Worths {
  const observations = transcript.observations.filter(({ live }) => live);
  const words = new Words();
  const use = readAgentUse(transcript, observations, words);
  const edited = editedFiles(transcript);
  const reader = new LineReader(words);
  const blocks = observations.flatMap((observation, index) =>
    observation.blocks.flatMap((block) => reader.read(block, observation, index, edited)),
  );
  const now = observations.length;
  const idf = reader.inverseFrequencies(now);
  const lastUse = new Int32Array(words.count).fill(-1);
  lastUse.set(use.lastUse.subarray(0, words.count));
  const recency = Float64Array.from(idf, (value, word) =>
    lastUse[word] === -1 ? 0 : value * Math.exp(-(now - lastUse[word]!) / tuned.WORD_MEMORY),
  );

  const worths = new Map<Block, Float64Array>();
  const seen = new Set<string>();
  let sum = 0;
  let count = 0;
  for (const lines of blocks.reverse()) {
    const worth = scoreBlock(lines, {
      now,
      idf,
      lastUse,
      recency,
      quotes: use.quotes,
      wordList: reader.wordList,
      seen,
    });
    worths.set(lines.block, worth);
    for (const value of worth) sum += value;
    count += worth.length;
  }
  const mean = sum / count || 1;
  for (const worth of worths.values()) for (let i = 0; i < worth.length; i++) worth[i]! /= mean;
  return worths;
}

interface Context {
  readonly now: number;
  readonly idf: Float64Array;
  readonly lastUse: Int32Array;
  /** By word: idf, fading since the agent's last use. */
  readonly recency: Float64Array;
  readonly quotes: ReadonlyMap<string, number>;
  readonly wordList: Int32Array;
  /** Lines that stand in newer observations. */
  readonly seen: Set<string>;
}

function scoreBlock(lines: BlockLines, context: Context): Float64Array {
  const { text, starts, ends, wordStarts, index } = lines;
  const { now, recency, lastUse, quotes, wordList, seen } = context;
  const count = starts.length;
  const isRead = lines.kind === "read" || (lines.kind === "unknown" && looksLikeCode(lines));
  const base =
    WEIGHTS.age * Math.log(now - index) +
    WEIGHTS.length * Math.log(1 + count) +
    (isRead ? WEIGHTS.isRead : 0) +
    (lines.kind === "read" || lines.kind === "unknown" ? 0 : WEIGHTS.isOtherOutput) +
    (lines.isEdited ? WEIGHTS.isEdited : 0);

  const agentWords = new Float64Array(count);
  const agentShare = new Float64Array(count);
  const quoted = new Float64Array(count);
  const isNewest = new Uint8Array(count);
  for (let i = count - 1; i >= 0; i--) {
    const from = wordStarts[i]!;
    const to = wordStarts[i + 1]!;
    let most = 0;
    let used = 0;
    for (let w = from; w < to; w++) {
      const word = wordList[w]!;
      if (recency[word]! > most) most = recency[word]!;
      if (lastUse[word] !== -1) used++;
    }
    agentWords[i] = most;
    agentShare[i] = to > from ? used / (to - from) : 0;
    if (ends[i]! - starts[i]! <= tuned.WORTHLESS_LENGTH) continue;
    const line = text.slice(starts[i], ends[i]);
    if (!seen.has(line)) {
      seen.add(line);
      isNewest[i] = 1;
    }
    const quotedAt = quotes.get(line);
    if (quotedAt !== undefined) quoted[i] = Math.exp(-(now - quotedAt) / tuned.QUOTE_MEMORY);
  }
  const near = windowMeans(agentWords, tuned.WORDS_AROUND);
  const nearQuoted = windowMeans(quoted, tuned.QUOTES_AROUND);
  const definitions = definitionsInUse(lines, context);
  const isOutput = lines.kind === "run" || lines.kind === "test";
  const nearError = linesNearErrors(lines, isOutput);

  const worth = new Float64Array(count);
  const body: LineBody = { start: 0, end: 0, indent: 0 };
  for (let i = 0; i < count; i++) {
    if (isNewest[i] === 0) continue;
    body.start = starts[i]!;
    body.end = ends[i]!;
    let s =
      base +
      WEIGHTS.agentWords * Math.min(tuned.MAX_AGENT_WORDS, near[i]!) +
      WEIGHTS.agentShare * agentShare[i]! +
      WEIGHTS.definitionInUse * definitions[i]! +
      WEIGHTS.nearQuoted * nearQuoted[i]!;
    if (quoted[i]! > 0) s += WEIGHTS.isQuoted;
    if (isPunctuation(text, body) || (isOutput && isProgress(text, body)))
      s += WEIGHTS.isPunctuationOrProgress;
    if (isOutput ? isPassedTest(text, body) : isLicence(text, body)) s += WEIGHTS.isBoilerplate;
    if (nearError[i] === 1) s += WEIGHTS.nearError;
    if (isSearchHit(text, body)) s += WEIGHTS.isSearchHit;
    const length = Math.min(1, (ends[i]! - starts[i]! + 1) / tuned.FULL_LENGTH);
    worth[i] = Math.exp(s) * length ** tuned.LENGTH_POWER;
  }
  return worth;
}

/** For each line the rarest word of the definition around it that the agent used after this observation. */
function definitionsInUse(lines: BlockLines, { idf, lastUse, wordList }: Context): Float64Array {
  const { text, starts, ends, indents, wordStarts, index } = lines;
  const result = new Float64Array(starts.length);
  const body: LineBody = { start: 0, end: 0, indent: 0 };
  const open: { indent: number; inUse: number }[] = [];
  for (let i = 0; i < starts.length; i++) {
    body.start = starts[i]!;
    body.end = ends[i]!;
    if (body.start === body.end) {
      result[i] = open.at(-1)?.inUse ?? 0;
      continue;
    }
    const indent = indents[i]!;
    while (open.length > 0 && open.at(-1)!.indent >= indent) {
      // The line that closes a definition with a bracket belongs to it.
      if (open.at(-1)!.indent === indent && isPunctuation(text, body)) break;
      open.pop();
    }
    if (isDefinition(text, body)) {
      let inUse = 0;
      for (let w = wordStarts[i]!; w < wordStarts[i + 1]!; w++) {
        const word = wordList[w]!;
        if (lastUse[word]! > index) inUse = Math.max(inUse, idf[word]!);
      }
      open.push({ indent, inUse: Math.min(tuned.MAX_DEFINITION_IN_USE, inUse) });
    }
    result[i] = open.at(-1)?.inUse ?? 0;
  }
  return result;
}

/** Only in what commands print: in a file, words of errors are code. */
function linesNearErrors({ text, starts, ends }: BlockLines, isOutput: boolean): Uint8Array {
  const near = new Uint8Array(starts.length);
  if (!isOutput) return near;
  const around = tuned.LINES_AROUND_AN_ERROR;
  for (let i = 0; i < starts.length; i++) {
    if (isErrorLine(text.slice(starts[i], ends[i]))) near.fill(1, Math.max(0, i - around), i + around + 1);
  }
  return near;
}

function looksLikeCode({ text, starts, ends }: BlockLines): boolean {
  const body: LineBody = { start: 0, end: 0, indent: 0 };
  let code = 0;
  let filled = 0;
  for (let i = 0; i < starts.length; i++) {
    body.start = starts[i]!;
    body.end = ends[i]!;
    if (body.start === body.end) continue;
    filled++;
    if (endsLikeCode(text, body) || isDefinition(text, body)) code++;
  }
  return code > tuned.CODE_SHARE * filled;
}

/** The mean over up to `around` neighbours on each side. */
function windowMeans(values: Float64Array, around: number): Float64Array {
  const means = new Float64Array(values.length);
  let sum = 0;
  let from = 0;
  let to = 0;
  for (let i = 0; i < values.length; i++) {
    while (to < Math.min(values.length, i + around + 1)) sum += values[to++]!;
    while (from < i - around) sum -= values[from++]!;
    means[i] = sum / (to - from);
  }
  return means;
}

/** Splits observations into lines and learns their words. */
class LineReader {
  wordList = new Int32Array(1 << 14);
  private readonly words: Words;
  private wordCount = 0;
  private lineOfWord = new Int32Array(1 << 14);
  private observationOfWord = new Int32Array(1 << 14);
  private frequencies = new Int32Array(1 << 14);
  private lineNumber = 0;

  constructor(words: Words) {
    this.words = words;
  }

  read(block: Block, observation: Observation, index: number, edited: ReadonlySet<string>): BlockLines[] {
    const { text } = block;
    if (text === undefined) return [];
    const spans = lineSpans(text);
    const starts = new Int32Array(spans.length);
    const ends = new Int32Array(spans.length);
    const indents = new Int32Array(spans.length);
    const wordStarts = new Int32Array(spans.length + 1);
    const body: LineBody = { start: 0, end: 0, indent: 0 };
    spans.forEach(([start, end], i) => {
      findBody(text, start, end, body);
      starts[i] = body.start;
      ends[i] = body.end;
      indents[i] = body.indent;
      wordStarts[i] = this.wordCount;
      this.readWords(text, body, index);
    });
    wordStarts[spans.length] = this.wordCount;
    const kind = commandKind(observation.toolName, observation.target);
    const isEdited = fileKeys(observation.target).some((file) => edited.has(file));
    return [{ block, text, index, kind, isEdited, starts, ends, indents, wordStarts }];
  }

  /** Rare words are worth more: by how many observations have them. */
  inverseFrequencies(observations: number): Float64Array {
    const idf = new Float64Array(this.words.count);
    for (let word = 0; word < idf.length; word++) {
      const frequency = this.frequencies[word] ?? 0;
      idf[word] = Math.max(0, Math.log((observations + 1) / (frequency + 0.5)));
    }
    return idf;
  }

  private readWords(text: string, { start, end }: LineBody, index: number): void {
    const { words } = this;
    words.read(text, start, end);
    this.lineNumber++;
    if (words.count > this.frequencies.length) this.growTables(2 * words.count);
    if (this.wordCount + words.foundCount > this.wordList.length) this.growList(words.foundCount);
    for (let i = 0; i < words.foundCount; i++) {
      const word = words.found[i]!;
      if (this.lineOfWord[word] === this.lineNumber) continue;
      this.lineOfWord[word] = this.lineNumber;
      this.wordList[this.wordCount++] = word;
      if (this.observationOfWord[word] === index + 1) continue;
      this.observationOfWord[word] = index + 1;
      this.frequencies[word]!++;
    }
  }

  private growTables(length: number): void {
    this.lineOfWord = enlarged(this.lineOfWord, length);
    this.observationOfWord = enlarged(this.observationOfWord, length);
    this.frequencies = enlarged(this.frequencies, length);
  }

  private growList(more: number): void {
    this.wordList = enlarged(this.wordList, 2 * (this.wordList.length + more));
  }
}

function enlarged(values: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(values);
  return larger;
}
