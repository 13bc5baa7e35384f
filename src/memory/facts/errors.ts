// In: the calls of sessions, in order. Out: the errors they ran into: exact lines, first and last seen, open or resolved, and by
// which step. An error is resolved when the same tool with the same command or path went well later.
import { isErrorLine } from "../../transcript/error-lines.ts";
import type { AgentCall } from "../calls.ts";
import type { Source } from "../source.ts";
import { normalCommand, purposeOf } from "./commands.ts";
import type { CommandPurpose, ErrorFact } from "./fact-set.ts";
import { targetOf } from "./targets.ts";

interface OpenError {
  readonly text: string;
  readonly purpose: CommandPurpose;
  readonly tool: string;
  readonly target: string;
  readonly first: Source;
  last: Source;
  count: number;
  resolvedBy?: Source;
}

export function errorsIn(calls: readonly AgentCall[]): ErrorFact[] {
  const errors = new Map<string, OpenError>();
  const byCall = new Map<string, OpenError[]>();
  for (const call of calls) {
    const aim = aimOf(call);
    if (call.ending === "well") {
      for (const error of byCall.get(aim) ?? []) error.resolvedBy ??= call.source;
    } else if (call.ending === "badly") {
      const purpose = call.command === undefined ? "other" : purposeOf(call.command);
      const text = errorLines(call.result);
      if (text === "" || (purpose === "look" && !isErrorLine(text))) continue; // a search that finds nothing ends with 1
      const key = `${aim}\n${withoutNumbers(text)}`;
      const known = errors.get(key);
      const source = call.resultSource ?? call.source;
      if (known === undefined) {
        const error: OpenError = {
          text,
          purpose,
          tool: call.toolName,
          target: targetOf(call),
          first: source,
          last: source,
          count: 1,
        };
        errors.set(key, error);
        byCall.set(aim, [...(byCall.get(aim) ?? []), error]);
      } else {
        known.last = source;
        known.count++;
        delete known.resolvedBy;
      }
    }
  }
  return [...errors.values()].map((error) => ({
    ...error,
    status: error.resolvedBy === undefined ? ("open" as const) : ("resolved" as const),
  }));
}

/** What a call is a new attempt at. */
function aimOf(call: AgentCall): string {
  return `${call.toolName}\n${call.command === undefined ? targetOf(call) : normalCommand(call.command)}`;
}

/** So much of an error is its statement; the rest is in the transcript. */
const MAX_LINES = 6;
const MAX_LINE_LENGTH = 500;
/** The line above tells the place where a tool prints that first. */
const PLACE = /^\s*(?:File "|at |-->|[\w./-]+:\d+)/;

/** What harnesses write around an output. */
const ENVELOPE =
  /^(?:Exit code:? -?\d+|Wall time:? .*|Total output lines: \d+|Original token count: \d+|Chunk ID: \w+|Output:|Process exited with code -?\d+|Command exited with code -?\d+)$/;

/** A run of whole lines of the output: from the first that reports an error. */
function errorLines(result: string): string {
  const lines = result
    .split("\n")
    .map((line) => line.slice(0, MAX_LINE_LENGTH))
    .filter((line) => !ENVELOPE.test(line));
  const strong = lines.findIndex((line) => STRONG.test(line));
  const first = strong === -1 ? lines.findIndex(isErrorLine) : strong;
  let start =
    first === -1
      ? Math.max(
          0,
          lines.findLastIndex((line) => line.trim() !== ""),
        )
      : first;
  if (start > 0 && PLACE.test(lines[start - 1]!) && !PLACE.test(lines[start]!)) start--;
  let end = start + 1;
  while (
    end < lines.length &&
    end - start < MAX_LINES &&
    lines[end]!.trim() !== "" &&
    isErrorLine(lines[end]!)
  )
    end++;
  return lines.slice(start, end).join("\n").trim();
}

/** Lines that state an error rather than mention one; a traceback's own last line says more than its first. */
const STRONG =
  /^(?:\s*E {2,}\S|[\w.]*(?:Error|Exception)\b(?:\[\w+\])?: \S|(?:error|fatal|panic)(?:\[\w+\])?: \S|<tool_use_error>|.*: error(?: TS\d+|\[\w+\])?: |\s*--- FAIL: )/;

/** The same error again, though line numbers, times and addresses moved. */
function withoutNumbers(text: string): string {
  return text.replace(/0x[\da-f]+|\d+/gi, "0");
}
