// In: the path of a transcript. Out: the transcript, with everything in it live: what lies before a compaction boundary was
// once used too. mini-swe-agent files are read here, with blocks that have a text and no place in a file.
import { readFileSync } from "node:fs";
import { detectFormat, readTranscripts } from "../../src/formats/index.ts";
import { frameLines } from "../../src/jsonl/frame.ts";
import { outcomeOf } from "../../src/transcript/outcomes.ts";
import type {
  Block,
  BlockKind,
  Entry,
  Line,
  Observation,
  Role,
  Transcript,
} from "../../src/transcript/types.ts";

/** @returns undefined for a file in no format that is known here */
export function loadTranscript(path: string): Transcript | undefined {
  const source = readFileSync(path);
  if (path.endsWith(".traj.json")) return readTrajectory(source);
  const lines = frameLines(source);
  const format = detectFormat(lines)?.format;
  return format === undefined ? undefined : [...readTranscripts(source, lines, format, { revive: "all" })][0];
}

/** What had been written when a step was complete. */
export function prefixUpTo(transcript: Transcript, step: number): Transcript {
  const next = transcript.entries.find((entry) => entry.step > step);
  const end = next?.index ?? transcript.entries.length;
  return {
    ...transcript,
    entries: transcript.entries.slice(0, end),
    blocks: transcript.blocks.filter(({ entry }) => entry.index < end),
    observations: transcript.observations.filter(({ blocks }) => blocks[0]!.entry.index < end),
  };
}

interface Message {
  readonly role: string;
  readonly content: string | readonly { readonly text?: string }[];
}

function readTrajectory(source: Buffer): Transcript | undefined {
  const { messages } = JSON.parse(source.toString("utf8")) as { messages?: Message[] };
  if (messages === undefined) return undefined;
  const line: Line = { number: 1, bytes: source, eol: "" };
  const blocks: Block[] = [];
  const observations: Observation[] = [];
  let step = 0;
  const entries = messages.map((message, index): Entry => {
    const isAgent = message.role === "assistant";
    const isObservation = message.role === "user" && step > 0;
    if (isAgent) step++;
    const entry: Entry = { index, line, span: { start: 0, end: 0 }, blocks: [], turn: 1, step };
    const add = (role: Role, kind: BlockKind, text: string): Block => {
      const block: Block = {
        id: blocks.length,
        entry,
        span: { start: 0, end: text.length },
        encoding: 1,
        role,
        kind,
        bytes: text.length,
        text,
        live: true,
        tier: kind === "result" ? "free" : "never",
        settled: false,
      };
      blocks.push(block);
      entry.blocks.push(block);
      return block;
    };
    const text =
      typeof message.content === "string"
        ? message.content
        : message.content.map((part) => part.text ?? "").join("\n");
    if (isObservation) {
      const command = blocks.findLast(({ kind }) => kind === "call");
      const block = add("tool", "result", text);
      observations.push({
        index: observations.length,
        call: command,
        blocks: [block],
        toolName: "bash",
        target: command?.text?.slice("bash ".length),
        outcome: outcomeOf(text, {}),
        live: true,
        turn: 1,
        step,
      });
    } else if (isAgent) {
      const script = /```(?:bash|mswea_bash_command|sh)?\n([\s\S]*?)\n?```/.exec(text)?.[1];
      add("assistant", "text", script === undefined ? text : text.replace(script, ""));
      if (script !== undefined) add("assistant", "call", `bash ${script}`);
    } else add(message.role === "system" ? "system" : "user", "text", text);
    return entry;
  });
  return { source, format: "mini-swe-agent", lines: [line], entries, blocks, observations, warnings: [] };
}
