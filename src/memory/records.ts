// In: the entries of a transcript. Out: what harnesses write beside a message and formats do not carry: when it was written,
// and in which directory the agent stood. Reads each line once more; what is missing stays undefined.
import { JsonSyntaxError, parseJson } from "../jsonl/json.ts";
import type { Entry, Line, Transcript } from "../transcript/types.ts";

export interface RecordFacts {
  readonly time: string | undefined;
  readonly directory: string | undefined;
}

const NOTHING: RecordFacts = { time: undefined, directory: undefined };

/** A directory holds for all entries after the record that names it. */
export function recordFacts(transcript: Transcript): (entry: Entry) => RecordFacts {
  const byLine = new Map<Line, RecordFacts>();
  let directory: string | undefined;
  for (const line of transcript.lines) {
    const read = readLine(line);
    directory = read.directory ?? directory;
    byLine.set(line, { time: read.time, directory });
  }
  return (entry) => byLine.get(entry.line) ?? NOTHING;
}

function readLine({ bytes }: Line): RecordFacts {
  if (!bytes.includes('"cwd"') && !bytes.includes('"timestamp"')) return NOTHING;
  try {
    const record = parseJson(bytes);
    return {
      time: record.text("timestamp"),
      directory: record.text("cwd") ?? record.text("payload", "cwd"),
    };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return NOTHING; // a torn line: the reader has warned of it
    throw error;
  }
}
