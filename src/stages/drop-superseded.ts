// In: a transcript. Out: proposals to delete what a later operation made untrue or says again: a read, where a newer one covers it;
// lines that an edit replaced, and only those; the output of a command that was run again; an error that was resolved since.
// Only what ended well supersedes a file; only the call decides what is the same command.

import { commandKind } from "../transcript/command-kind.ts";
import { argumentsOf, editsOf, type FileRead, type Replacement, readOf } from "../transcript/file-access.ts";
import { endedBadly, endedWell } from "../transcript/outcomes.ts";
import { withoutFilters } from "../transcript/output-filters.ts";
import { type Deletion, type Observation, type Range, type Stage, WHOLE } from "../transcript/types.ts";

export const dropSuperseded: Stage<Record<never, never>> = {
  name: "drop-superseded",
  description: "reads and outputs that a later operation replaced or repeated",
  options: {},

  propose(transcript) {
    const later = new LaterOperations();
    return transcript.observations
      .filter(({ live }) => live)
      .toReversed()
      .flatMap((observation) => {
        const found = later.supersede(observation);
        later.add(observation);
        return found;
      });
  },
};

/** What has happened since, walking from the end of the transcript to its beginning. */
class LaterOperations {
  private readonly reads = new Map<string, FileRead[]>();
  private readonly edits = new Map<string, ("whole" | readonly Replacement[])[]>();
  /** By command: whether a later run of it ended well. */
  private readonly runs = new Map<string, { endedWell: boolean }>();
  /** Commands without the filters of their output that ended well later, and showed how. */
  private readonly resolved = new Set<string>();

  add(observation: Observation): void {
    const { outcome } = observation;
    const command = commandOf(observation);
    // Without an exit code a failed call is one that was refused or cut off: it says nothing new.
    if (command !== undefined && outcome !== "failed") {
      const endedWell = !endedBadly(outcome) || this.runs.get(command)?.endedWell === true;
      this.runs.set(command, { endedWell });
    }
    if (endedBadly(outcome)) return;
    const question = questionOf(observation);
    if (question?.showsEnd && endedWell(outcome)) this.resolved.add(question.key);
    const read = readOf(observation);
    if (read !== undefined) append(this.reads, read.file, read);
    for (const { file, replaced } of editsOf(observation)) append(this.edits, file, replaced);
  }

  supersede(observation: Observation): Deletion[] {
    if (observation.blocks.some(({ settled }) => settled)) return [];
    const reason = this.reasonForAll(observation);
    if (reason !== undefined) return observation.blocks.flatMap((block) => proposal(block, [WHOLE], reason));
    const read = readOf(observation);
    const replaced = (this.edits.get(read?.file ?? "") ?? []).filter((edit) => edit !== "whole").flat();
    return observation.blocks.flatMap((block) =>
      proposal(block, replacedLines(block.text ?? "", replaced), "an edit replaced these lines since"),
    );
  }

  private reasonForAll(observation: Observation): string | undefined {
    const command = commandOf(observation);
    const run = command === undefined ? undefined : this.runs.get(command);
    if (endedBadly(observation.outcome)) {
      if (run?.endedWell || this.resolved.has(questionOf(observation)?.key ?? ""))
        return "an error that a later run of the same command resolved";
      if (run !== undefined) return "the same command failed again since";
    } else if (run !== undefined) return "the same command was run again since";
    const read = readOf(observation);
    if (read === undefined || endedBadly(observation.outcome)) return undefined;
    if (this.edits.get(read.file)?.includes("whole")) return "the file was written anew since";
    const isCovered = this.reads.get(read.file)?.some(({ from, to }) => from <= read.from && to >= read.to);
    return isCovered ? "a newer read of the file covers these lines" : undefined;
  }
}

/** What makes two calls the same question; undefined for reads, which go by lines, and for edits, which are no questions. */
function commandOf(observation: Observation): string | undefined {
  const { toolName, target, call } = observation;
  if (target === undefined) return undefined;
  const isFailure = endedBadly(observation.outcome);
  const kind = commandKind(toolName, target);
  if (kind === "edit" || (kind === "read" && !isFailure && readOf(observation) !== undefined))
    return undefined;
  const { workdir, cwd, offset, limit, ...rest } = argumentsOf(call);
  return JSON.stringify([toolName, target, workdir, cwd, offset, limit, rest.output_mode, rest.glob]);
}

/** The command of a shell, whatever part of its output was asked for. */
function questionOf({ toolName, target, call }: Observation): { key: string; showsEnd: boolean } | undefined {
  if (target === undefined) return undefined;
  const { workdir, cwd } = argumentsOf(call);
  const { command, showsEnd } = withoutFilters(target);
  return { key: JSON.stringify([toolName, command, workdir, cwd]), showsEnd };
}

/** Where lines that were replaced stand together in a text, those of them that went. Nothing where it could be two places. */
function replacedLines(text: string, replacements: readonly Replacement[]): Range[] {
  if (replacements.length === 0) return [];
  const lines = text.split("\n").map((line) => line.replace(GUTTER, ""));
  return replacements.flatMap(({ lines: old, isGone }) => {
    const places = lines.flatMap((_, start) =>
      start + old.length <= lines.length && standsAt(lines, start, old) ? [start] : [],
    );
    const [place, other] = places;
    if (place === undefined || other !== undefined) return [];
    return old.flatMap((line, i): Range[] =>
      isGone[i] && lines[place + i] === line ? [[place + i, place + i + 1]] : [],
    );
  });
}

function standsAt(lines: readonly string[], start: number, old: readonly string[]): boolean {
  return old.every((line, i) => isSameLine(lines[start + i]!, line, i, old.length));
}

const GUTTER = /^\s*\d+(?:→|\t|\s*\|\s?)/;

/** What is replaced may begin and end inside a line. */
function isSameLine(line: string, old: string, index: number, count: number): boolean {
  if (line === old) return true;
  if (index === 0 && count > 1) return line.endsWith(old);
  return index === count - 1 && count > 1 && line.startsWith(old);
}

function proposal(
  block: Observation["blocks"][number],
  ranges: readonly Range[],
  reason: string,
): Deletion[] {
  if (block.text === undefined || ranges.length === 0) return [];
  return [{ block, ranges, unit: "lines", stage: "drop-superseded", reason, level: 0 }];
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}
