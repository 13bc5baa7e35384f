// In: facts, and a line or a date. Out: those that were stated or changed there or later. What they say is computed from the whole
// session before: an error of line 10 that line 500 resolved is told by `--since 400`.
import type { Source } from "../source.ts";
import type { FactSet } from "./fact-set.ts";

export type Since =
  | { readonly type: "line"; readonly line: number }
  | { readonly type: "date"; readonly time: number };

/** @returns undefined where the text is neither a line nor a date */
export function parseSince(text: string): Since | undefined {
  if (/^\d{1,9}$/.test(text)) return { type: "line", line: Number(text) };
  const time = /^\d{4}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : { type: "date", time };
}

export function factsSince(facts: FactSet, since: Since): FactSet {
  const isIn = ({ line, time }: Source) =>
    since.type === "line" ? line >= since.line : time !== undefined && Date.parse(time) >= since.time;
  return {
    ...facts,
    files: facts.files
      .map((file) => ({ ...file, operations: file.operations.filter(({ source }) => isIn(source)) }))
      .filter(({ operations }) => operations.length > 0),
    constraints: facts.constraints.filter(({ source, repeated, supersededBy }) =>
      [source, ...repeated, ...(supersededBy === undefined ? [] : [supersededBy.source])].some(isIn),
    ),
    errors: facts.errors.filter(
      ({ last, resolvedBy }) => isIn(last) || (resolvedBy !== undefined && isIn(resolvedBy)),
    ),
    commands: facts.commands.filter(({ last }) => isIn(last.source)),
    findings: facts.findings.filter(({ source }) => isIn(source)),
    plan: facts.plan.filter(({ source }) => isIn(source)),
    references: facts.references.filter(({ last }) => isIn(last)),
  };
}
