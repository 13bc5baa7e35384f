// In: what became of each file. Out: the report. Pure arithmetic; every number is counted on the finished result.
import type { Compaction } from "../compact.ts";
import { turnsUntilPaid } from "../cost/break-even.ts";
import { DEFAULT_CACHE_PRICES } from "../cost/cache-prices.ts";
import type { Cut, Decision } from "../engine/choose.ts";
import type { Prices } from "../engine/prices.ts";
import { promptCutOf } from "../engine/prompt-cut.ts";
import type { Block, Transcript } from "../transcript/types.ts";
import {
  type BeforeAfter,
  type Cache,
  type Context,
  type FileReport,
  REPORT_VERSION,
  type Report,
} from "./report.ts";

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
