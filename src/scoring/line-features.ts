// In: the lines of one block, and what the transcript knows. Out: for each line a row of numbers, the features, by which a model
// judges it. Knows no weights. Everything is read from what stands before the end of the transcript, whatever comes later.
import { countsIn } from "../transcript/test-counts.ts";
import type { BlockLines } from "./block-lines.ts";
import { licenceLines, linesNearErrors, looksLikeCode } from "./block-shape.ts";
import { definitionsAround } from "./definition-features.ts";
import type { Context } from "./feature-context.ts";
import { type FileUse, fileName } from "./file-use.ts";
import { isPassedTest, isProgress, isPunctuation, isSearchHit, type LineBody } from "./line-shape.ts";
import { quoteFeatures } from "./quote-features.ts";
import * as tuned from "./weights.ts";
import { wordFeatures } from "./word-features.ts";

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
