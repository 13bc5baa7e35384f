// `compact diff A B`. In: a transcript and its compacted self. Out: what went, in the unified style, on stdout.
import { readFileSync } from "node:fs";
import { resolve as resolvePath } from "node:path";
import { find } from "../../config/names.ts";
import { printable } from "../../escape/printable.ts";
import { detectFormat, formats, readTranscripts } from "../../formats/index.ts";
import { frameLines } from "../../jsonl/frame.ts";
import { diffTranscripts } from "../../report/diff.ts";
import type { Transcript } from "../../transcript/types.ts";
import { ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { CliError, describeError } from "../messages.ts";
import { writeOutput } from "../outputs.ts";
import { paintFor } from "../paint.ts";

export interface DiffFlags {
  readonly format?: string;
  readonly color?: string;
  readonly verbose?: boolean;
}

export async function runDiff(operands: readonly string[], flags: DiffFlags, io: Io): Promise<ExitCode> {
  const [a, b] = operands;
  if (a === undefined || b === undefined || operands.length > 2)
    throw new CliError(`diff: ${operands.length} files, expected two: compact diff A B`);
  const before = transcriptsIn(a, flags, io.cwd);
  const after = transcriptsIn(b, flags, io.cwd);
  if (before.length > after.length) {
    throw new CliError(
      `${a} holds ${before.length} transcripts and ${b} ${after.length}, expected as many in both`,
    );
  }
  const paint = await paintFor(io.stdout, flags.color, io.env);
  const diffs = before.map((transcript, i) => diffTranscripts(transcript, after[i]!, paint));
  const pieces = function* () {
    let head = `${paint.strong(`--- ${printable(a)}\n+++ ${printable(b)}`)}\n`;
    for (const piece of diffs.flatMap((diff) => [...diff])) {
      yield Buffer.from(head + piece);
      head = "";
    }
  };
  await writeOutput({ type: "stdout" }, pieces(), io);
  return ExitCode.done;
}

function transcriptsIn(name: string, { format }: DiffFlags, cwd: string): Transcript[] {
  const source = read(name, cwd);
  const lines = frameLines(source);
  const known = format === undefined ? detectFormat(lines)?.format : find("format", formats, format);
  if (known !== undefined) return [...readTranscripts(source, lines, known)];
  throw new CliError(`${name}: no known transcript format, expected one of --list-formats`);
}

function read(name: string, cwd: string): Buffer {
  try {
    return readFileSync(resolvePath(cwd, name));
  } catch (cause) {
    throw new CliError(`${name}: ${describeError(cause).message}`, { cause });
  }
}
