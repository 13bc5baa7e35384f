// In: what became of each file. Out: the report. Pure arithmetic; every number is counted on the finished result.
import type { Compaction } from "../compact.ts";
import type { Cut, Decision } from "../engine/choose.ts";
import type { Prices } from "../engine/prices.ts";
import type { Block, Transcript } from "../transcript/types.ts";
import {
  type BeforeAfter,
  type Cache,
  type Context,
  type FileReport,
  REPORT_VERSION,
  type Report,
} from "./report.ts";

/**
 * What writing a token into a prompt cache costs, in reads of it: Anthropic charges 1.25 x for a write and 0.1 x for a read.
 */
const WRITE_TO_READ_PRICE = 12.5;

export interface FileFacts {
  readonly path: string;
  readonly preset: string | undefined;
  readonly bytes: number;
  readonly storeAdded: number;
}

export function buildFileReport(compaction: Compaction, facts: FileFacts): FileReport {
  const unread = { tokensBefore: 0, tokensAfter: 0, byKind: {}, byTool: {} };
  const disk = { before: facts.bytes, after: facts.bytes, storeAdded: facts.storeAdded };
  const common = {
    path: facts.path,
    preset: facts.preset,
    status: compaction.status,
    error: undefined,
    stages: [],
    artifacts: 0,
    cache: undefined,
  };
  if (compaction.status === "unknown-format") {
    return { ...common, format: undefined, context: unread, disk, images: 0, warnings: [] };
  }
  const { transcript, prices } = compaction;
  const warnings = transcript.warnings.map(({ line, message }) => `${facts.path}:${line}: ${message}`);
  const images = transcript.blocks.filter(({ kind, live }) => kind === "image" && live).length;
  const cuts = compaction.status === "compacted" ? compaction.choice.cuts : [];
  const read = {
    ...common,
    format: transcript.format,
    context: buildContext(transcript, cuts, prices),
    disk,
    images,
    warnings,
  };
  if (compaction.status === "below-trigger") return read;
  const refs = new Set(cuts.flatMap(({ artifact }) => artifact?.sha256 ?? []));
  return {
    ...read,
    disk: { ...disk, after: compaction.undo.output.bytes },
    stages: buildStages(compaction.choice.decisions),
    artifacts: refs.size,
    // Several transcripts are several prompts: there is no one cache to speak of.
    cache: compaction.transcripts === 1 ? buildCache(transcript, cuts, prices) : undefined,
  };
}

export function buildFailedReport(facts: FileFacts, error: string): FileReport {
  return {
    path: facts.path,
    status: "failed",
    format: undefined,
    preset: facts.preset,
    context: { tokensBefore: 0, tokensAfter: 0, byKind: {}, byTool: {} },
    disk: { before: facts.bytes, after: facts.bytes, storeAdded: 0 },
    stages: [],
    artifacts: 0,
    cache: undefined,
    images: 0,
    warnings: [],
    error,
  };
}

export function buildReport(files: readonly FileReport[]): Report {
  const sum = (pick: (file: FileReport) => number) => files.reduce((total, file) => total + pick(file), 0);
  return {
    version: REPORT_VERSION,
    files,
    total: {
      files: files.length,
      failed: files.filter(({ status }) => status === "failed").length,
      context: {
        tokensBefore: sum(({ context }) => context.tokensBefore),
        tokensAfter: sum(({ context }) => context.tokensAfter),
      },
      disk: {
        before: sum(({ disk }) => disk.before),
        after: sum(({ disk }) => disk.after),
        storeAdded: sum(({ disk }) => disk.storeAdded),
      },
      artifacts: sum(({ artifacts }) => artifacts),
    },
  };
}

/** The word of the report for what a block is in the context. */
function contextKind({ kind, role }: Block): string {
  if (kind === "result") return "observation";
  return kind === "text" ? role : kind;
}

function buildContext(transcript: Transcript, cuts: readonly Cut[], prices: Prices): Context {
  const after = new Map(cuts.map(({ block, tokens }) => [block, tokens]));
  const byKind: Record<string, BeforeAfter> = Object.create(null);
  const byTool: Record<string, BeforeAfter> = Object.create(null); // a tool may be called __proto__
  const add = (table: Record<string, BeforeAfter>, key: string, block: Block) => {
    const before = prices.tokens(block);
    const known = table[key] ?? { before: 0, after: 0 };
    table[key] = { before: known.before + before, after: known.after + (after.get(block) ?? before) };
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

/**
 * Turns until the cut has paid for itself: N = (w − 1)·S/C − w with S tokens after the first edit, C tokens freed and w the
 * price of a write in reads.
 */
function buildCache(transcript: Transcript, cuts: readonly Cut[], prices: Prices): Cache | undefined {
  const after = new Map(cuts.filter(({ block }) => block.live).map(({ block, tokens }) => [block, tokens]));
  const first = transcript.blocks.findIndex((block) => after.has(block));
  if (first === -1) return undefined;
  const tokens = (blocks: readonly Block[]) =>
    blocks.reduce((sum, block) => sum + (after.get(block) ?? prices.tokens(block)), 0);
  let freed = 0;
  for (const [block, left] of after) freed += prices.tokens(block) - left;
  const behind = transcript.blocks.slice(first);
  const turns = ((WRITE_TO_READ_PRICE - 1) * tokens(behind)) / freed - WRITE_TO_READ_PRICE;
  return {
    firstEditedToken: tokens(transcript.blocks.slice(0, first)),
    breakEvenTurns: Math.max(0, Math.ceil(turns)),
    thinkingBlocksAfterFirstEdit: behind.filter(({ kind, live }) => kind === "thinking" && live).length,
  };
}
