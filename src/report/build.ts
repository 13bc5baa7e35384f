// In: what became of each file. Out: the report. Pure arithmetic; every number is counted on the finished result.
import type { Compaction } from "../compact.ts";
import { turnsUntilPaid } from "../cost/break-even.ts";
import { DEFAULT_CACHE_PRICES } from "../cost/cache-prices.ts";
import type { Cut, Decision } from "../engine/choose.ts";
import type { Prices } from "../engine/prices.ts";
import { promptCutOf } from "../engine/prompt-cut.ts";
import type { Block, Transcript } from "../transcript/types.ts";
import { contextKind } from "./context-kind.ts";
import { diskParts, NO_PARTS } from "./disk-parts.ts";
import { growthOf } from "./growth.ts";
import { largestObservations, NO_WASTE, rereadFiles, wasteOf } from "./observations.ts";
import {
  type BeforeAfter,
  type Cache,
  type Context,
  type FileReport,
  REPORT_VERSION,
  type Report,
} from "./report.ts";
import { Totals } from "./total.ts";

export interface FileFacts {
  readonly path: string;
  readonly preset: string | undefined;
  readonly bytes: number;
  readonly storeAdded: number;
}

export function buildFileReport(compaction: Compaction, facts: FileFacts): FileReport {
  const disk = {
    before: facts.bytes,
    after: facts.bytes,
    storeAdded: facts.storeAdded,
    parts: { ...NO_PARTS, opaque: facts.bytes },
  };
  const common = {
    path: facts.path,
    preset: facts.preset,
    status: compaction.status,
    error: undefined,
    stages: [],
    artifacts: 0,
    cache: undefined,
    recall: undefined,
    growth: undefined,
  };
  if (compaction.status === "unknown-format") return { ...common, ...UNREAD, disk };
  const { transcript, prices } = compaction;
  const warnings = transcript.warnings.map(({ line, message }) => `${facts.path}:${line}: ${message}`);
  const images = transcript.blocks.filter(({ kind, live }) => kind === "image" && live).length;
  const cuts = compaction.status === "compacted" ? compaction.choice.cuts : [];
  const { before, after } = blockPrices(cuts, prices);
  // Several transcripts are several prompts, and what one says again is no repetition for the other.
  const isOne = compaction.transcripts === 1;
  const read = {
    ...common,
    format: transcript.format,
    tokenizer: prices.counter.name,
    context: buildContext(transcript, before, after, isOne),
    disk: { ...disk, parts: diskParts(transcript, facts.bytes) },
    images,
    growth: isOne ? growthOf(transcript, before, after) : undefined,
    largest: largestObservations(transcript, before, after),
    reread: isOne ? rereadFiles(transcript, before) : [],
    warnings,
  };
  if (compaction.status === "below-trigger") return read;
  const refs = new Set(cuts.flatMap(({ artifact }) => artifact?.sha256 ?? []));
  return {
    ...read,
    disk: { ...read.disk, after: compaction.undo.output.bytes },
    stages: buildStages(compaction.choice.decisions),
    artifacts: refs.size,
    cache: isOne ? buildCache(transcript, cuts, prices) : undefined,
  };
}

export function buildFailedReport(facts: FileFacts, error: string): FileReport {
  return {
    path: facts.path,
    status: "failed",
    preset: facts.preset,
    ...UNREAD,
    disk: {
      before: facts.bytes,
      after: facts.bytes,
      storeAdded: 0,
      parts: { ...NO_PARTS, opaque: facts.bytes },
    },
    stages: [],
    artifacts: 0,
    cache: undefined,
    recall: undefined,
    growth: undefined,
    error,
  };
}

/** What is said of a file that was not understood. */
const UNREAD = {
  format: undefined,
  tokenizer: undefined,
  context: {
    tokensBefore: 0,
    tokensAfter: 0,
    byKind: {},
    byTool: {},
    waste: NO_WASTE,
  },
  images: 0,
  largest: [],
  reread: [],
  warnings: [],
};

/**
 * @param files read twice at least
 * @param found how many files there are, those that were not come to included
 */
export function buildReport(files: Iterable<FileReport>, found?: number): Report {
  const totals = new Totals();
  for (const file of files) totals.add(file);
  return { version: REPORT_VERSION, files, total: totals.total(found) };
}

/** What a block costs, and what is left of it. */
export function blockPrices(cuts: readonly Cut[], prices: Prices) {
  const left = new Map(cuts.map(({ block, tokens }) => [block, tokens]));
  const before = (block: Block) => prices.tokens(block);
  return { before, after: (block: Block) => left.get(block) ?? before(block) };
}

function buildContext(
  transcript: Transcript,
  before: (block: Block) => number,
  after: (block: Block) => number,
  isOne: boolean,
): Context {
  const byKind: Record<string, BeforeAfter> = Object.create(null);
  const byTool: Record<string, BeforeAfter> = Object.create(null); // a tool may be called __proto__
  const add = (table: Record<string, BeforeAfter>, key: string, block: Block) => {
    const known = table[key] ?? { before: 0, after: 0 };
    table[key] = { before: known.before + before(block), after: known.after + after(block) };
  };
  for (const block of transcript.blocks) if (block.text !== undefined) add(byKind, contextKind(block), block);
  for (const { toolName, blocks, live } of transcript.observations) {
    if (live) for (const block of blocks) add(byTool, toolName, block);
  }
  const total = (pick: (entry: BeforeAfter) => number) =>
    Object.values(byKind).reduce((sum, entry) => sum + pick(entry), 0);
  return {
    tokensBefore: total(({ before }) => before),
    tokensAfter: total(({ after }) => after),
    byKind,
    byTool,
    waste: isOne ? wasteOf(transcript, before) : NO_WASTE,
  };
}

function buildStages(decisions: readonly Decision[]) {
  const names = [...new Set(decisions.map(({ deletion }) => deletion.stage))];
  return names.map((stage) => {
    const own = decisions.filter(({ deletion }) => deletion.stage === stage);
    const taken = own.filter(({ refusal }) => refusal === undefined);
    return {
      stage,
      deletions: taken.length,
      dropped: own.length - taken.length,
      lines: taken.reduce((sum, { lines }) => sum + lines, 0),
      tokens: taken.reduce((sum, { tokens }) => sum + tokens, 0),
    };
  });
}

/** What precedes a transcript in a prompt, instructions and tools, is longer than any minimum of a cache. */
const PRICES = { ...DEFAULT_CACHE_PRICES, minimumTokens: 0 };

function buildCache(transcript: Transcript, cuts: readonly Cut[], prices: Prices): Cache | undefined {
  const cut = promptCutOf(transcript, cuts, prices);
  if (cut === undefined) return undefined;
  const firstEdited = Math.min(...cuts.flatMap(({ block }) => (block.live ? [block.id] : [])));
  return {
    firstEditedToken: cut.tokensBeforeEdit,
    breakEvenTurns: turnsUntilPaid(cut, PRICES, true),
    thinkingBlocksAfterFirstEdit: transcript.blocks.filter(
      ({ id, kind, live }) => id > firstEdited && kind === "thinking" && live,
    ).length,
  };
}
