// In: the blocks of observations. Out: their lines, where they are, and their words as numbers, with how rare each word is.
import { type CommandKind, commandKind } from "../transcript/command-kind.ts";
import { lineSpans } from "../transcript/lines.ts";
import type { Block, Observation } from "../transcript/types.ts";
import { fileKeys } from "./files.ts";
import { findBody, type LineBody } from "./line-shape.ts";
import type { Words } from "./words.ts";

/** The lines of one block, as far as scoring looks at them. */
export interface BlockLines {
  readonly block: Block;
  readonly text: string;
  /** Number of the observation, counted along the live ones. */
  readonly index: number;
  readonly kind: CommandKind;
  /** What the call named, as `fileKeys` has it. */
  readonly files: readonly string[];
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly indents: Int32Array;
  /** Where the distinct words of each line begin in `wordList`, and where those of the last end. */
  readonly wordStarts: Int32Array;
}

/** Splits observations into lines and learns their words. */
export class LineReader {
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

  read(block: Block, observation: Observation, index: number): BlockLines[] {
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
    const files = fileKeys(observation.target);
    return [{ block, text, index, kind, files, starts, ends, indents, wordStarts }];
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

  /** The same by how many lines have them. */
  inverseLineFrequencies(): Float64Array {
    const lines = new Int32Array(this.words.count);
    for (let i = 0; i < this.wordCount; i++) lines[this.wordList[i]!]!++;
    const idf = new Float64Array(lines.length);
    for (let word = 0; word < idf.length; word++)
      idf[word] = Math.max(0, Math.log((this.lineNumber + 1) / (lines[word]! + 0.5)));
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
