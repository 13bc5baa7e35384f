// In: what a format found, entry by entry. Out: the transcript: calls paired with results, turns and steps counted along the
// live chain, texts decoded where the model still sees them. Everything that all formats share; nothing that only one does.
import { decodeBlock } from "../jsonl/block-text.ts";
import type { JsonNode } from "../jsonl/json-node.ts";
import { type CallArguments, callTarget } from "../transcript/calls.ts";
import { hasForeignMarker, parseCutText } from "../transcript/marker.ts";
import type {
  Block,
  BlockKind,
  Entry,
  Line,
  Observation,
  Role,
  Span,
  Tier,
  Transcript,
  Warning,
} from "../transcript/types.ts";
import { countTurns } from "./count-turns.ts";
import { observedOutcome, type ResultFlags } from "./observed-outcome.ts";
import { payloadsIn } from "./payloads.ts";

const KINDS_WITH_TEXT: ReadonlySet<BlockKind> = new Set(["text", "thinking", "call", "result", "summary"]);

/** How safe the deletion of each kind is, before protection. Assistant text goes only when asked for. */
function tierOf(kind: BlockKind, role: Role): Tier {
  if (kind === "result" || kind === "sidecar") return "free";
  return kind === "text" && role === "assistant" ? "careful" : "never";
}

interface Call {
  readonly block: Block;
  readonly toolName: string;
  readonly target: string | undefined;
}

interface Result {
  readonly callId: string | undefined;
  /** The newest call of that id before the result: some harnesses use an id again. */
  readonly call: Call | undefined;
  readonly blocks: readonly Block[];
  readonly entry: Entry;
  readonly flags: ResultFlags;
}

export class TranscriptBuilder {
  private readonly entries: Entry[] = [];
  private readonly blocks: Block[] = [];
  private readonly messageIds = new Map<Entry, string>();
  private readonly calls = new Map<string, Call>();
  private readonly results: Result[] = [];
  private readonly callTexts = new Map<Block, string>();
  private isLive: (entry: Entry) => boolean = () => true;

  /**
   * @param span the record's place when it is not the whole line
   * @param messageId what several entries of one assistant message share
   */
  entry(line: Line, options: { span?: Span; messageId?: string | undefined } = {}): Entry {
    const span = options.span ?? { start: 0, end: line.bytes.length };
    const entry: Entry = { index: this.entries.length, line, span, blocks: [], turn: 0, step: 0 };
    this.entries.push(entry);
    if (options.messageId !== undefined) this.messageIds.set(entry, options.messageId);
    return entry;
  }

  /** A string that somebody wrote. Anything but a string is ignored, and undefined comes back. */
  text(
    entry: Entry,
    node: JsonNode | undefined,
    role: Role,
    kind: "text" | "thinking" | "summary" = "text",
  ): Block | undefined {
    return node?.type === "string" ? this.block(entry, node, role, kind) : undefined;
  }

  /** Content that stays as it is: signed, encrypted, or a picture. */
  opaque(entry: Entry, node: JsonNode, role: Role, kind: "opaque" | "image" = "opaque"): void {
    this.block(entry, node, role, kind);
  }

  /** @param input the arguments: an object, or a string that holds them */
  call(
    entry: Entry,
    node: JsonNode,
    call: { id: string | undefined; name: string; input: JsonNode | undefined },
  ): void {
    const block = this.block(entry, node, "assistant", "call");
    const text = call.input?.text();
    this.callTexts.set(block, `${call.name} ${text ?? call.input?.raw ?? ""}`);
    if (call.id === undefined) return;
    const target = callTarget(text ?? argumentsOf(call.input));
    this.calls.set(call.id, { block, toolName: call.name, target });
  }

  /**
   * One result of one call: a string, a JSON string inside a string, or a list of parts.
   *
   * @param parts string nodes, each with its place inside the decoded string where it is nested
   */
  result(
    entry: Entry,
    callId: string | undefined,
    parts: readonly { node: JsonNode; inner?: Span }[],
    flags: ResultFlags = {},
  ): void {
    const blocks = parts.map(({ node, inner }) => this.block(entry, node, "tool", "result", inner));
    const call = this.calls.get(callId ?? "");
    if (blocks.length > 0) this.results.push({ callId, call, blocks, entry, flags });
  }

  /** Every long string inside a copy that the model never sees. */
  sidecars(entry: Entry, node: JsonNode | undefined): void {
    if (node === undefined) return;
    for (const text of payloadsIn(node)) this.block(entry, text, "tool", "sidecar");
  }

  /** Says which entries the model still sees; all of them unless said. */
  live(isLive: (entry: Entry) => boolean): void {
    this.isLive = isLive;
  }

  /** @param isRevived asked instead of the format: to read blocks that the model no longer sees */
  build(
    source: Buffer,
    format: string,
    lines: readonly Line[],
    warnings: readonly Warning[],
    isRevived: (entry: Entry) => boolean = this.isLive,
  ): Transcript {
    for (const entry of this.entries) {
      if (isRevived(entry)) for (const block of entry.blocks) this.revive(block);
    }
    countTurns(this.entries, (entry) => this.messageIds.get(entry));
    return {
      source,
      format,
      lines,
      entries: this.entries,
      blocks: this.blocks,
      observations: this.results.map((result, index) => this.observation(result, index)),
      warnings,
    };
  }

  private block(entry: Entry, node: JsonNode, role: Role, kind: BlockKind, inner?: Span): Block {
    const block: Block = {
      id: this.blocks.length,
      entry,
      span: { start: node.start, end: node.end },
      encoding: inner === undefined ? 1 : 2,
      ...(inner === undefined ? {} : { inner }),
      role,
      kind,
      bytes: node.end - node.start,
      live: false,
      tier: tierOf(kind, role),
      settled: false,
    };
    entry.blocks.push(block);
    this.blocks.push(block);
    return block;
  }

  private revive(block: Block): void {
    if (block.kind === "sidecar") return;
    block.live = true;
    if (!KINDS_WITH_TEXT.has(block.kind)) return;
    const text = this.callTexts.get(block) ?? decodeBlock(block);
    block.text = text;
    if (block.kind !== "result" && block.tier !== "careful") return;
    block.settled = parseCutText(text) !== undefined;
    // Without a UTF-8 form a text cannot be stored as an artifact, so it stays.
    if (hasForeignMarker(text) || !text.isWellFormed()) block.tier = "never";
  }

  private observation(result: Result, index: number): Observation {
    const { callId, blocks, entry, flags } = result;
    const call = result.call ?? this.calls.get(callId ?? "");
    const toolName = call?.toolName ?? flags.toolName ?? "unknown";
    const target = call?.target ?? flags.target;
    return {
      index,
      call: call?.block,
      blocks,
      toolName,
      target,
      outcome: observedOutcome(blocks, flags, { toolName, target }),
      live: blocks.some(({ live }) => live),
      turn: entry.turn,
      step: call?.block.entry.step || entry.step,
    };
  }
}

function argumentsOf(input: JsonNode | undefined): CallArguments {
  return {
    get: (name) => input?.get(name)?.toValue(),
    get json() {
      return input === undefined ? "{}" : JSON.stringify(input.toValue());
    },
  };
}
