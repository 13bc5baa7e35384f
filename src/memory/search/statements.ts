// In: facts. Out: each as one text that can be found, with the place where it stands.
import type { FactSet } from "../facts/fact-set.ts";
import type { Source } from "../source.ts";

export interface Statement {
  readonly kind: string;
  readonly text: string;
  readonly source: Source;
  /** Tool and command or path, where it has any. */
  readonly tool?: string;
  readonly target?: string;
}

export function statementsOf(facts: FactSet): Statement[] {
  return [
    ...facts.constraints.map(({ text, source }) => ({ kind: "constraint", text, source })),
    ...facts.errors.map(({ text, last, tool, target }) => ({
      kind: "error",
      text,
      source: last,
      tool,
      target,
    })),
    ...facts.findings.map(({ text, source }) => ({ kind: "finding", text, source })),
    ...facts.plan.map(({ text, source }) => ({ kind: "plan", text, source })),
    ...facts.commands.map(({ command, last }) => ({
      kind: "command",
      text: command,
      source: last.source,
      target: command,
    })),
    ...facts.files.flatMap(({ path, operations }) => {
      const last = operations.at(-1);
      return last === undefined
        ? []
        : [{ kind: "file", text: path, source: last.source, tool: last.tool, target: path }];
    }),
    ...facts.references.map(({ text, last }) => ({ kind: "reference", text, source: last })),
  ];
}
