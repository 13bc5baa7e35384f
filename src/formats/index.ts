// The registry of formats, and how one is chosen. In: lines. Out: the transcript they hold, or why no format fits.
import { isUtf8 } from "node:buffer";
import { JsonSyntaxError, parseJson } from "../jsonl/json.ts";
import type { Line, Transcript, Warning } from "../transcript/types.ts";
import { anthropicMessages } from "./anthropic-messages.ts";
import { anthropicRequests } from "./anthropic-requests.ts";
import { TranscriptBuilder } from "./builder.ts";
import { claudeCode } from "./claude-code.ts";
import { codex } from "./codex.ts";
import type { Format, ParsedLine } from "./format.ts";
import { openaiChat } from "./openai-chat.ts";
import { openaiRequests } from "./openai-requests.ts";
import { openaiResponses } from "./openai-responses.ts";
import { pi } from "./pi.ts";

/** In the order in which they are asked: the first that recognises a line wins. */
export const formats: readonly Format[] = [
  codex,
  claudeCode,
  pi,
  anthropicMessages,
  openaiResponses,
  anthropicRequests,
  openaiRequests,
  openaiChat,
];

/** Sessions may begin with snapshots and summaries, so more than the first line is looked at. */
const LINES_TO_DETECT = 50;

export interface Detection {
  readonly format: Format;
  /** For people: what gave it away, and where. */
  readonly reason: string;
}

/**
 * The first format that recognises one of the first 50 lines that are JSON; where none does, the first that recognises one
 * weakly; else undefined.
 */
export function detectFormat(lines: readonly Line[]): Detection | undefined {
  let weak: Detection | undefined;
  let looked = 0;
  for (const { line, json } of parsedLines(lines, [])) {
    const reason = (sign: string) => `${sign} in line ${line.number}`;
    for (const format of formats) {
      const sign = format.recognise(json);
      if (sign !== undefined) return { format, reason: reason(sign) };
      const weakSign = weak === undefined ? format.recogniseWeakly?.(json) : undefined;
      if (weakSign !== undefined) weak = { format, reason: reason(weakSign) };
    }
    if (++looked === LINES_TO_DETECT) break;
  }
  return weak;
}

/** How to read. */
export interface ReadOptions {
  /** `all` reads what lies before a compaction boundary as if it were live. */
  readonly revive?: "live" | "all";
}

/** The transcripts that a file holds, in order, each read when it is asked for: one, or one a line. */
export function* readTranscripts(
  source: Buffer,
  lines: readonly Line[],
  format: Format,
  options: ReadOptions = {},
): Generator<Transcript> {
  if (!format.wholeTranscripts) {
    yield readTranscript(source, lines, format, options);
    return;
  }
  for (const line of lines) yield readTranscript(bytesOf(line, source), [line], format, options);
}

/** Reads all lines as one transcript; lines that are not JSON pass through and are warned of. */
function readTranscript(
  source: Buffer,
  lines: readonly Line[],
  format: Format,
  { revive }: ReadOptions,
): Transcript {
  const warnings: Warning[] = [];
  const builder = new TranscriptBuilder();
  format.read(parsedLines(lines, warnings), builder);
  return builder.build(source, format.name, lines, warnings, revive === "all" ? () => true : undefined);
}

/** A line with its end, as a view. */
function bytesOf({ bytes, eol }: Line, source: Buffer): Buffer {
  const start = bytes.byteOffset - source.byteOffset;
  return source.subarray(start, start + bytes.length + eol.length);
}

function* parsedLines(lines: readonly Line[], warnings: Warning[]): Generator<ParsedLine> {
  for (const line of lines) {
    try {
      if (!isUtf8(line.bytes)) throw new JsonSyntaxError("bytes that are not UTF-8", 0);
      yield { line, json: parseJson(line.bytes) };
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      warnings.push({ line: line.number, message: describe(line, error) });
    }
  }
}

function describe(line: Line, error: JsonSyntaxError): string {
  if (line.bytes.length === 0) return "blank line, expected JSON; passed through";
  return `not JSON (${error.message}, byte ${error.offset + 1}), expected one record; passed through`;
}
