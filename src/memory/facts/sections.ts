// In: facts. Out: their sections as lines for people, the most telling first in each. What a section is called, what it shows and
// what share of a short ledger it gets is data here.
import { printable } from "../printable.ts";
import type { Source } from "../source.ts";
import { ORDER } from "./constraint-cues.ts";
import type { CommandPurpose, Constraint, ErrorFact, FactSet, FileFact, PlanItem } from "./fact-set.ts";

export interface Section {
  readonly title: string;
  /** Its share of a ledger, against the other sections; 0: not in a ledger. */
  readonly weight: number;
  readonly lines: (facts: FactSet, place: (source: Source) => string) => string[];
}

const newestFirst = <T>(facts: readonly T[]): T[] => [...facts].reverse();
const said = ({ origin, supersededBy }: Constraint) => origin === "user" && supersededBy === undefined;
const isRule = ({ kind }: Constraint) => kind !== "ask";
/** What must not happen is what a next session breaks first. */
const KIND_RANKS: Readonly<Record<Constraint["kind"], number>> = {
  forbid: 0,
  require: 1,
  correct: 2,
  ask: 3,
};
/** A short order before a negation somewhere in a pasted text. */
const rankOf = ({ kind, text }: Constraint) =>
  KIND_RANKS[kind] +
  (isWithin(text.length, ORDER_LENGTH) && ORDER.test(text) ? 0 : Object.keys(KIND_RANKS).length);
/** "Stop." alone orders nothing that lasts. In characters. */
const ORDER_LENGTH = [8, 300] as const;
const isWithin = (length: number, [least, most]: readonly [number, number]) =>
  length >= least && length <= most;

export const SECTIONS: readonly Section[] = [
  {
    title: "Constraints",
    weight: 4,
    lines: ({ constraints }, place) =>
      newestFirst(constraints.filter((constraint) => said(constraint) && isRule(constraint)))
        .sort((a, b) => rankOf(a) - rankOf(b))
        .map(({ kind, text, source }) => `${kind}: "${printable(text)}" (${place(source)})`),
  },
  {
    title: "Requests",
    weight: 2,
    lines: ({ constraints }, place) =>
      newestFirst(constraints.filter((constraint) => said(constraint) && !isRule(constraint))).map(
        ({ text, source }) => `"${printable(text)}" (${place(source)})`,
      ),
  },
  {
    title: "Superseded constraints",
    weight: 0,
    lines: ({ constraints }, place) =>
      constraints.flatMap(({ text, source, supersededBy: by }) =>
        by === undefined
          ? []
          : [
              `"${printable(text)}" (${place(source)}) gave way to "${printable(by.text)}" (${place(by.source)})`,
            ],
      ),
  },
  {
    title: "Open errors",
    weight: 3,
    lines: ({ errors }, place) =>
      newestFirst(errors.filter(({ status }) => status === "open"))
        .sort((a, b) => Number(a.purpose === "look") - Number(b.purpose === "look"))
        .map((error) => errorLine(error, place)),
  },
  {
    title: "Files",
    weight: 4,
    lines: ({ files, directory }, place) =>
      [...files]
        .sort((a, b) => RANKS[a.state] - RANKS[b.state] || lastOf(b).entry - lastOf(a).entry)
        .map((file) => fileLine(file, directory, place)),
  },
  {
    title: "Plan",
    weight: 2,
    lines: ({ plan }, place) =>
      [...plan]
        .sort((a, b) => PLAN_RANKS[a.status] - PLAN_RANKS[b.status])
        .map(({ status, text, source }) => `[${status}] ${printable(text)} (${place(source)})`),
  },
  {
    title: "Resolved errors",
    weight: 0,
    lines: ({ errors }, place) =>
      newestFirst(errors.filter(({ status }) => status === "resolved")).map((error) =>
        errorLine(error, place),
      ),
  },
  {
    title: "Tests, checks and builds",
    weight: 0,
    lines: ({ commands }, place) =>
      newestFirst(commands.filter(({ purpose }) => PROVING.has(purpose))).map(
        ({ command, purpose, runs, last: { outcome, counts, source } }) => {
          const counted = counts === undefined ? "" : `, ${counts.passed} passed, ${counts.failed} failed`;
          const often = runs === 1 ? "" : `, ${runs} runs`;
          return `${purpose} \`${printable(command)}\`: ${outcome}${counted}${often} (${place(source)})`;
        },
      ),
  },
  {
    title: "Findings",
    weight: 0,
    lines: ({ findings }, place) =>
      newestFirst(findings).map(
        ({ kind, text, source }) => `${kind}: "${printable(text)}" (${place(source)})`,
      ),
  },
  {
    title: "References used again",
    weight: 0,
    lines: ({ references }, place) =>
      newestFirst(references).map(
        ({ kind, text, first, last, uses }) =>
          `${kind} ${printable(text)}: from ${place(first)}, used ${uses} times, last ${place(last)}`,
      ),
  },
];

/** What shows whether the work is right. */
const PROVING: ReadonlySet<CommandPurpose> = new Set(["test", "check", "build"]);

/** What was changed tells more than what was read. */
const RANKS: Readonly<Record<FileFact["state"], number>> = {
  edited: 0,
  created: 0,
  deleted: 0,
  moved: 0,
  read: 1,
  tried: 2,
};

const PLAN_RANKS: Readonly<Record<PlanItem["status"], number>> = { active: 0, open: 1, done: 2 };

function lastOf({ operations }: FileFact): Source {
  return operations.at(-1)!.source;
}

function fileLine(file: FileFact, directory: string | undefined, place: (source: Source) => string): string {
  const inside = (path: string) =>
    printable(
      directory !== undefined && path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : path,
    );
  const moved = file.state === "moved" && file.movedTo !== undefined ? ` to ${inside(file.movedTo)}` : "";
  return `${file.state} ${inside(file.path)}${moved} (${place(lastOf(file))})`;
}

function errorLine(
  { text, target, count, last, resolvedBy }: ErrorFact,
  place: (source: Source) => string,
): string {
  const often = count === 1 ? "" : `, ${count} times`;
  const resolved = resolvedBy === undefined ? "" : `, resolved by ${place(resolvedBy)}`;
  return `\`${printable(target)}\`: "${printable(text)}" (${place(last)}${often}${resolved})`;
}
