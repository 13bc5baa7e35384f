// In: the lines of one block, and what the transcript knows. Out: for each line a row of numbers, the features, by which a model
// judges it. Knows no weights. Everything is read from what stands before the end of the transcript, whatever comes later.
import { isErrorLine } from "../transcript/error-lines.ts";
import { countsIn } from "../transcript/test-counts.ts";
import type { BlockLines } from "./block-lines.ts";
import { type FileUse, fileName } from "./file-use.ts";
import {
  endsLikeCode,
  isComment,
  isDefinition,
  isLicence,
  isPassedTest,
  isProgress,
  isPunctuation,
  isSearchHit,
  type LineBody,
} from "./line-shape.ts";
import { nearestDistances, windowMaxima, windowMeans } from "./neighbours.ts";
import * as tuned from "./weights.ts";

/** The order of the numbers in a row. What each means stands where it is set, below. */
export const FEATURES = [
  "age",
  "lines",
  "agentWords",
  "lastWords",
  "agentShare",
  "definitionInUse",
  "nearQuoted",
  "isQuoted",
  "isPunctuationOrProgress",
  "isBoilerplate",
  "nearError",
  "isSearchHit",
  "isRead",
  "isList",
  "isTest",
  "isRun",
  "isEdit",
  "isGit",
  "isReport",
  "isWeb",
  "editedBefore",
  "editedAfter",
  "isNewestOfFile",
  "fileUse",
  "rarity",
  "length",
  "shortness",
  "isDefinition",
  "position",
  "freshWord",
  "freshWordsNear",
  "freshWordsAround",
  "freshWordClose",
  "freshWordDistance",
  "freshShare",
  "namedByAgent",
  "reads",
  "edits",
  "readsSince",
  "isSummary",
] as const;
export type Feature = (typeof FEATURES)[number];
export const WIDTH = FEATURES.length;
const AT = Object.fromEntries(FEATURES.map((name, i) => [name, i])) as Readonly<Record<Feature, number>>;

/** What the whole transcript says about words, lines and files. */
export interface Context {
  /** How many observations there are. */
  readonly now: number;
  /** By word: how rare it is among observations, and among lines. */
  readonly idf: Float64Array;
  readonly lineIdf: Float64Array;
  /** By word: observations seen when the agent last used it; -1 for never. */
  readonly lastUse: Int32Array;
  /** By word: idf, fading since the agent's last use; and fading at once. */
  readonly recency: Float64Array;
  readonly lastRecency: Float64Array;
  /** By word: how rare it is among lines, fading since the agent's last use. */
  readonly freshness: Float64Array;
  /** Lines that the agent wrote, with the time of the last. */
  readonly quotes: ReadonlyMap<string, number>;
  readonly wordList: Int32Array;
  readonly files: FileUse;
  /** Lines that stand in newer observations; grows with every block, the newest first. */
  readonly seen: Set<string>;
}

export interface Rows {
  /** `WIDTH` numbers a line; all 0 for a line that is not the newest of its kind. */
  readonly values: Float32Array;
  /** 1 for a line that is worth looking at: long enough, and in no newer observation. */
  readonly isNewest: Uint8Array;
}

/** Blocks must come newest first. */
export function featuresOf(lines: BlockLines, context: Context): Rows {
  const { text, starts, ends, kind, index } = lines;
  const { now } = context;
  const count = starts.length;
  const values = new Float32Array(count * WIDTH);
  const words = wordFeatures(lines, context);
  const quotes = quoteFeatures(lines, context);
  const definitions = definitionsAround(lines, context);
  const isOutput = kind === "run" || kind === "test";
  const nearError = linesNearErrors(lines, isOutput);
  const summary = new Set(kind === "test" ? countsIn(text)?.lines : []);
  const licence = isOutput ? new Uint8Array(count) : licenceLines(lines);

  // What all lines of a block share.
  const shared = new Float32Array(WIDTH);
  shared[AT.age] = Math.log(now - index);
  shared[AT.lines] = Math.log(1 + count);
  shared[AT.isRead] = kind === "read" || (kind === "unknown" && looksLikeCode(lines)) ? 1 : 0;
  shared[AT.isList] = kind === "list" ? 1 : 0;
  shared[AT.isTest] = kind === "test" ? 1 : 0;
  shared[AT.isRun] = kind === "run" ? 1 : 0;
  shared[AT.isEdit] = kind === "edit" ? 1 : 0;
  shared[AT.isGit] = kind === "git" ? 1 : 0;
  shared[AT.isReport] = kind === "report" ? 1 : 0;
  shared[AT.isWeb] = kind === "web" ? 1 : 0;
  setFileFeatures(shared, lines, context);

  const body: LineBody = { start: 0, end: 0, indent: 0 };
  for (let i = 0; i < count; i++) {
    if (quotes.isNewest[i] === 0) continue;
    body.start = starts[i]!;
    body.end = ends[i]!;
    const row = i * WIDTH;
    const length = ends[i]! - starts[i]! + 1;
    values.set(shared, row);
    values[row + AT.agentWords] = Math.min(tuned.MAX_AGENT_WORDS, words.near[i]!);
    values[row + AT.lastWords] = Math.min(tuned.MAX_AGENT_WORDS, words.nearLast[i]!);
    values[row + AT.agentShare] = words.agentShare[i]!;
    values[row + AT.rarity] = words.rarity[i]!;
    values[row + AT.definitionInUse] = definitions.inUse[i]!;
    values[row + AT.isDefinition] = definitions.isFirstLine[i]!;
    values[row + AT.nearQuoted] = quotes.near[i]!;
    values[row + AT.isQuoted] = quotes.quoted[i]! > 0 ? 1 : 0;
    values[row + AT.isPunctuationOrProgress] =
      isPunctuation(text, body) || (isOutput && isProgress(text, body)) ? 1 : 0;
    values[row + AT.isBoilerplate] = isOutput ? (isPassedTest(text, body) ? 1 : 0) : licence[i]!;
    values[row + AT.nearError] = nearError[i]!;
    values[row + AT.isSummary] = summary.size > 0 && summary.has(text.slice(starts[i], ends[i])) ? 1 : 0;
    values[row + AT.isSearchHit] = isSearchHit(text, body) ? 1 : 0;
    values[row + AT.length] = Math.log(length);
    values[row + AT.shortness] = Math.log(Math.min(1, length / tuned.FULL_LENGTH));
    values[row + AT.position] = i / count;
    values[row + AT.freshWord] = words.fresh[i]!;
    values[row + AT.freshWordsNear] = words.freshNear[i]!;
    values[row + AT.freshWordsAround] = words.freshAround[i]!;
    values[row + AT.freshWordClose] = words.freshClose[i]!;
    values[row + AT.freshWordDistance] = words.freshDistance[i]!;
    values[row + AT.freshShare] = words.freshShare[i]!;
  }
  return { values, isNewest: quotes.isNewest };
}

/** How rare and how recent the agent's own words are in each line and around it, and how much of a line they are. */
function wordFeatures({ starts, wordStarts }: BlockLines, context: Context) {
  const { idf, lineIdf, recency, lastRecency, freshness, lastUse, wordList } = context;
  const count = starts.length;
  const most = new Float64Array(count);
  const mostLast = new Float64Array(count);
  const rarity = new Float64Array(count);
  const agentShare = new Float64Array(count);
  const fresh = new Float64Array(count);
  const freshShare = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let all = 0;
    let used = 0;
    let freshSum = 0;
    for (let w = wordStarts[i]!; w < wordStarts[i + 1]!; w++) {
      const word = wordList[w]!;
      if (recency[word]! > most[i]!) most[i] = recency[word]!;
      if (lastRecency[word]! > mostLast[i]!) mostLast[i] = lastRecency[word]!;
      if (idf[word]! > rarity[i]!) rarity[i] = idf[word]!;
      if (freshness[word]! > fresh[i]!) fresh[i] = freshness[word]!;
      freshSum += freshness[word]!;
      all += lineIdf[word]!;
      if (lastUse[word] !== -1) used += lineIdf[word]!;
    }
    agentShare[i] = all > 0 ? used / all : 0;
    freshShare[i] = all > 0 ? freshSum / all : 0;
  }
  return {
    near: windowMeans(most, tuned.WORDS_AROUND),
    nearLast: windowMeans(mostLast, tuned.WORDS_AROUND),
    rarity,
    agentShare,
    fresh,
    freshNear: windowMeans(fresh, tuned.WORDS_AROUND),
    freshAround: windowMeans(fresh, tuned.WORDS_FAR_AROUND),
    freshClose: windowMaxima(fresh, tuned.WORDS_CLOSE),
    freshDistance: nearestDistances(fresh, tuned.FRESH, tuned.FAR),
    freshShare,
  };
}

/** Which lines the agent wrote itself, how near others of those are, and which lines no newer observation repeats. */
function quoteFeatures({ text, starts, ends }: BlockLines, { now, quotes, seen }: Context) {
  const count = starts.length;
  const quoted = new Float64Array(count);
  const isNewest = new Uint8Array(count);
  for (let i = count - 1; i >= 0; i--) {
    if (ends[i]! - starts[i]! <= tuned.WORTHLESS_LENGTH) continue;
    const line = text.slice(starts[i], ends[i]);
    if (!seen.has(line)) {
      seen.add(line);
      isNewest[i] = 1;
    }
    const quotedAt = quotes.get(line);
    if (quotedAt !== undefined) quoted[i] = Math.exp(-(now - quotedAt) / tuned.QUOTE_MEMORY);
  }
  return { quoted, isNewest, near: windowMeans(quoted, tuned.QUOTES_AROUND) };
}

function setFileFeatures(
  shared: Float32Array,
  { files, index }: BlockLines,
  { files: use, now }: Context,
): void {
  const edits = files.flatMap((file) => use.edits.get(file) ?? []);
  const named = Math.max(-1, ...files.map((file) => use.lastNamed.get(file) ?? -1));
  const isNewest = files.length > 0 && files.every((file) => (use.reads.get(file)?.at(-1) ?? -1) <= index);
  const most = (lists: FileUse["calls"]) => Math.max(0, ...files.map((file) => lists.get(file)?.length ?? 0));
  const later = new Set(files.flatMap((file) => (use.calls.get(file) ?? []).filter((at) => at > index)));
  shared[AT.editedBefore] = edits.some((at) => at <= index) ? 1 : 0;
  shared[AT.editedAfter] = edits.some((at) => at > index) ? 1 : 0;
  shared[AT.isNewestOfFile] = isNewest ? 1 : 0;
  shared[AT.fileUse] = named === -1 ? 0 : Math.exp(-(now - named) / tuned.WORD_MEMORY);
  shared[AT.namedByAgent] = files.reduce((sum, file) => sum + (use.namedByAgent.get(fileName(file)) ?? 0), 0);
  shared[AT.reads] = most(use.reads);
  shared[AT.edits] = most(use.edits);
  shared[AT.readsSince] = later.size;
}

/** For each line the rarest word of the definition around it that the agent used after this observation. */
function definitionsAround(lines: BlockLines, { idf, lastUse, wordList }: Context) {
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

/** With what follows in the same paragraph of a comment: the last line of a licence is no less one for having none of the words. */
function licenceLines({ text, starts, ends }: BlockLines): Uint8Array {
  const licence = new Uint8Array(starts.length);
  const body: LineBody = { start: 0, end: 0, indent: 0 };
  for (let i = 0; i < starts.length; i++) {
    body.start = starts[i]!;
    body.end = ends[i]!;
    const goesOn = licence[i - 1] === 1 && isComment(text, body) && !isPunctuation(text, body);
    if (goesOn || isLicence(text, body)) licence[i] = 1;
  }
  return licence;
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
