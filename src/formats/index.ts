// The registry of formats, and how one is chosen. In: lines. Out: the transcript they hold, or why no format fits.
import { isUtf8 } from "node:buffer";
import { JsonSyntaxError, parseJson } from "../jsonl/json.ts";
import type { Line, Transcript, Warning } from "../transcript/types.ts";
import { TranscriptBuilder } from "./builder.ts";
import { claudeCode } from "./claude-code.ts";
import { codex } from "./codex.ts";
import type { Format, ParsedLine } from "./format.ts";
import { openaiChat } from "./openai-chat.ts";

/** In the order in which they are asked: the first that recognises a line wins. */
export const formats: readonly Format[] = [codex, claudeCode, openaiChat];

/** Sessions may begin with snapshots and summaries, so more than the first line is looked at. */
const LINES_TO_DETECT = 50;

export interface Detection {
  readonly format: Format;
  /** For people: what gave it away, and where. */
  readonly reason: string;
}

/** The first format that recognises one of the first 50 lines that are JSON; undefined when none does. */
export function detectFormat(lines: readonly Line[]): Detection | undefined {
  let looked = 0;
  for (const line of parsedLines(lines, [])) {
    for (const format of formats) {
      const sign = format.recognise(line.json);
      if (sign !== undefined) return { format, reason: `${sign} in line ${line.line.number}` };
    }
    if (++looked === LINES_TO_DETECT) break;
  }
  return undefined;
}

/**
 * Reads all lines with one format; lines that are not JSON pass through and are warned of.
 *
 * @param options `revive: "all"` reads what lies before a compaction boundary as if it were live
 */
export function readTranscript(
  source: Buffer,
  lines: readonly Line[],
  format: Format,
  options: { revive?: "live" | "all" } = {},
): Transcript {
  const warnings: Warning[] = [];
  const builder = new TranscriptBuilder();
  format.read(parsedLines(lines, warnings), builder);
  return builder.build(
    source,
    format.name,
    lines,
    warnings,
    options.revive === "all" ? () => true : undefined,
  );
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
