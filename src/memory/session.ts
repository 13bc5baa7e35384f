// In: a transcript and its name. Out: what the stores of memory are made of: every call with its end, every text that user
// or agent wrote, in the order of the file. The whole session counts, also what the model no longer sees.
import { detectFormat, readTranscripts } from "../formats/index.ts";
import { frameLines } from "../jsonl/frame.ts";
import type { Block, Transcript } from "../transcript/types.ts";
import { type AgentCall, readCalls } from "./calls.ts";
import { isRefused } from "./ending.ts";
import { recordFacts } from "./records.ts";
import { type Source, sourceOf } from "./source.ts";

export interface Session {
  /** As it was named. */
  readonly name: string;
  readonly transcript: Transcript;
  readonly calls: readonly AgentCall[];
  readonly texts: readonly Saying[];
  /** When its first dated record was written. */
  readonly begun: string | undefined;
  /** Where the agent stood at first. */
  readonly directory: string | undefined;
}

/** A text that somebody wrote for somebody to read. */
export interface Saying {
  readonly source: Source;
  readonly by: "user" | "assistant";
  readonly text: string;
}

/** The sessions of a file: one, or in some formats one a line. Empty where no format recognises the bytes. */
export function readSessions(name: string, bytes: Buffer): Session[] {
  const lines = frameLines(bytes);
  const detection = detectFormat(lines);
  if (detection === undefined) return [];
  const transcripts = [...readTranscripts(bytes, lines, detection.format, { revive: "all" })];
  return transcripts
    .filter((transcript, i) => transcript.blocks.length > 0 && !goesOnIn(transcript, transcripts[i + 1]))
    .map((transcript) => sessionOf(name, transcript));
}

/** In a log of requests every line repeats the conversation so far: only the last line counts. */
function goesOnIn(transcript: Transcript, next: Transcript | undefined): boolean {
  return (
    next !== undefined &&
    transcript.blocks.length <= next.blocks.length &&
    transcript.blocks.every(
      ({ kind, text }, i) => next.blocks[i]!.kind === kind && next.blocks[i]!.text === text,
    )
  );
}

export function sessionOf(name: string, transcript: Transcript): Session {
  const factsOf = recordFacts(transcript);
  const source = (block: Block) => sourceOf(name, block, factsOf(block.entry).time);
  const dated = transcript.entries.find((entry) => factsOf(entry).time !== undefined);
  return {
    name,
    transcript,
    calls: readCalls(transcript, factsOf, source),
    texts: transcript.blocks.flatMap((block) => sayings(block, source)),
    begun: dated === undefined ? undefined : factsOf(dated).time,
    directory: transcript.entries.map((entry) => factsOf(entry).directory).find((path) => path !== undefined),
  };
}

function sayings(block: Block, source: (block: Block) => Source): Saying[] {
  const { role, kind, text } = block;
  const objection = kind === "result" ? objectionIn(text ?? "") : undefined;
  if (objection !== undefined) return [{ source: source(block), by: "user", text: objection }];
  if (kind !== "text" || text === undefined || (role !== "user" && role !== "assistant")) return [];
  return [{ source: source(block), by: role, text }];
}

/** Clients pass on as a result what the user says instead of letting a call run. */
function objectionIn(result: string): string | undefined {
  return isRefused(result) ? /\bthe user said:\n([\s\S]+)/.exec(result)?.[1] : undefined;
}
