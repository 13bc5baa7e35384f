// In: a report. Out: all that it says, as tables of plain text, in the order in which people ask. Renderers only set them.

import { printable } from "../escape/printable.ts";
import { amount, change, plural, share } from "./amounts.ts";
import { byKindOrder } from "./context-kind.ts";
import type {
  BeforeAfter,
  Context,
  FileReport,
  Quantiles,
  Recall,
  Report,
  StageReport,
  Total,
} from "./report.ts";
import { shortened } from "./shortened.ts";

export interface ReportTable {
  readonly title: string;
  /** The first column holds names, and is set to the left; it may be shortened. The others hold numbers. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Where a name that is too long loses its letters; in the middle unless said. */
  readonly shortens?: "end";
  /** Whether the last row sums up the others. */
  readonly hasSum?: boolean;
}

/** Rows of a table of names. */
const LENGTH = 10;
/** So many files are listed one by one; of more, the largest. */
const MOST_FILES = 20;

/** The stage that takes what is of low worth. */
const LOW_WORTH_STAGE = "delete-lines";

/** @param isNarrow whether names are to be short from the start, so that what matters of them is left */
export function reportTables({ files, total }: Report, isNarrow = false): ReportTable[] {
  const tables = [
    kinds(total.context),
    tools(total.context),
    waste(total),
    disk(total),
    stages(total.stages, total.context.tokensBefore),
    recall(total),
    growth(total),
    largest(total, isNarrow),
    reread(total, isNarrow),
    ...(total.files > 1 ? [distribution(total), fileTable(files, total), failures(files, total)] : []),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

/** What stands above all tables: how many files, and how large. */
export function headline({ total }: Report): readonly [files: string, size: string] {
  const { context, files, failed, found, byStatus } = total;
  const size = { before: context.tokensBefore, after: context.tokensAfter };
  const done =
    found > files ? `${amount(files)} of ${amount(found)} files (interrupted)` : plural(files, "file");
  const unknown = byStatus["unknown-format"] ?? 0;
  const saved = change(size) === "" ? "" : ` (${change(size)})`;
  return [
    [
      done,
      ...(unknown > 0 ? [`${amount(unknown)} empty or in no known format`] : []),
      ...(failed > 0 ? [`${amount(failed)} failed`] : []),
    ].join(", "),
    `${amount(size.before)} context tokens, ${amount(size.after)} after${saved}`,
  ];
}

function kinds({ byKind, tokensBefore, tokensAfter }: Context): ReportTable {
  const known = Object.entries(byKind).sort(([a], [b]) => byKindOrder(a, b));
  return {
    title: "Context tokens",
    columns: ["kind", "before", "after", "change", "of all"],
    rows:
      known.length === 0
        ? []
        : [...known, ["all", { before: tokensBefore, after: tokensAfter }] as const].map(([kind, size]) => [
            ...beforeAfter(kind, size),
            share(size.before, tokensBefore),
          ]),
    hasSum: true,
  };
}

function tools({ byTool, tokensBefore }: Context): ReportTable {
  const known = Object.entries(byTool).sort(([, a], [, b]) => b.before - a.before);
  return {
    title: "Observations by tool",
    columns: ["tool", "before", "after", "change", "of all"],
    rows: known
      .slice(0, LENGTH)
      .map(([tool, size]) => [...beforeAfter(tool, size), share(size.before, tokensBefore)]),
  };
}

function waste({ context, stages }: Total): ReportTable {
  const { duplicate, superseded } = context.waste;
  const lowWorth = stages.find(({ stage }) => stage === LOW_WORTH_STAGE);
  const rows = [
    ["equal to a later observation", duplicate],
    ["lines of a file that were read again later", superseded],
    ...(lowWorth === undefined ? [] : [["lines of low worth", lowWorth.tokens] as const]),
  ] as const;
  return {
    title: "Context that repeats itself or is worth little",
    columns: ["what", "tokens", "of all"],
    rows: rows
      .filter(([, tokens]) => tokens > 0)
      .map(([name, tokens]) => [name, amount(tokens), share(tokens, context.tokensBefore)]),
  };
}

function disk({ disk: { parts, before, after } }: Total): ReportTable {
  const names = {
    live: "text that the model sees",
    dead: "dead: before a boundary, or on a branch",
    sidecar: "copies that the model never sees",
    image: "images",
    opaque: "signed, encrypted or unknown",
    structure: "ids, times, JSON",
  };
  const known = Object.entries(parts).filter(([, bytes]) => bytes > 0);
  return {
    title: "Bytes on disk",
    columns: ["what", "bytes", "of all"],
    rows:
      before === 0
        ? []
        : [
            ...known.map(([part, bytes]) => [
              names[part as keyof typeof names],
              amount(bytes),
              share(bytes, before),
            ]),
            ["after the run", amount(after), share(after, before)],
          ],
    hasSum: true,
  };
}

function stages(list: readonly StageReport[], tokensBefore: number): ReportTable {
  return {
    title: "Stages",
    columns: ["stage", "deletions", "refused", "lines", "tokens", "of all"],
    rows: list.map(({ stage, deletions, dropped, lines, tokens }) => [
      stage,
      ...[deletions, dropped, lines, tokens].map(amount),
      share(tokens, tokensBefore),
    ]),
  };
}

/** How the two kinds of references are called; they are never added up. */
const FAMILIES = [
  ["v", "V: verbatim lines, edits and quotes"],
  ["t", "T: paths, identifiers and numbers"],
] as const;

function recall({ files, recall: found }: Total): ReportTable {
  const title = "Recall: what agents used later, and would still have had";
  if (found === undefined) return { title, columns: [], rows: [] };
  const families = FAMILIES.flatMap(([key, name]) => {
    const spread = found[key];
    return spread === undefined ? [] : [{ name, ...spread }];
  });
  if (files === 1)
    return {
      title,
      columns: ["in the middle of the session", "recall"],
      rows: [
        ...families.map(({ name, mean }) => [name, share(mean, 1)]),
        ["kept of the observation tokens", share(found.kept, 1)],
      ],
    };
  return {
    title,
    columns: ["in the middle of sessions", "files", "mean", "median", "90th %", "worst"],
    rows: [
      ...families.map(({ name, files, mean, median, p90, worst }) => [
        name,
        amount(files),
        ...[mean, median, p90, worst].map((value) => share(value, 1)),
      ]),
      ["kept of the observation tokens", amount(found.files), share(found.kept, 1), "", "", ""],
    ],
  };
}

/** Recall beside the reduction of a file; empty where it was not evaluated. */
export function recallCells(found: Pick<Recall, "v" | "t"> | undefined): string[] {
  return [found?.v, found?.t].map((value) => (value === undefined ? "" : share(value, 1)));
}

function growth({ files: all, growth: { steps, files, before, after } }: Total): ReportTable {
  const mean = (lists: Readonly<Record<string, readonly number[]>>, i: number) =>
    Math.round(Object.values(lists).reduce((sum, list) => sum + (list[i] ?? 0), 0) / (files[i] ?? 1));
  const ofFiles = (cell: string) => (all > 1 ? [cell] : []);
  const shown = steps.flatMap((step, i) => (Number.isInteger(Math.log2(step)) ? [i] : []));
  return {
    title: `Growth: ${all > 1 ? "mean " : ""}context tokens after so many steps`,
    columns: ["step", ...ofFiles("files"), "before", "after", "change"],
    rows: shown.map((i) => {
      const size = { before: mean(before, i), after: mean({ ...before, ...after }, i) };
      return [
        amount(steps[i] ?? 0),
        ...ofFiles(amount(files[i] ?? 0)),
        amount(size.before),
        amount(size.after),
        change(size),
      ];
    }),
  };
}

function largest(total: Total, isNarrow: boolean): ReportTable {
  return {
    title: "Largest observations",
    columns: ["where and what", "tokens", "after"],
    shortens: "end",
    rows: total.largest.map(({ path, line, tool, target, tokensBefore, tokensAfter }) => [
      `${total.files > 1 ? `${fileName(path, isNarrow)}:` : "line "}${line} ${tool} ${isNarrow ? shortTarget(target) : target}`,
      amount(tokensBefore),
      amount(tokensAfter),
    ]),
  };
}

function reread(total: Total, isNarrow: boolean): ReportTable {
  return {
    title: "Files read more than once in a session",
    columns: ["file", "times", "tokens"],
    rows: total.reread.map(({ path, target, times, tokens }) => [
      `${total.files > 1 ? `${fileName(path, isNarrow)}: ` : ""}${target}`,
      amount(times),
      amount(tokens),
    ]),
  };
}

/** Room for what was called is worth more than the whole path, which the JSON has. In columns. */
const FILE_COLUMNS = 24;

function fileName(path: string, isNarrow: boolean): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return isNarrow ? shortened(printable(name), FILE_COLUMNS) : name;
}

/** A path says most at its end, a command at its beginning. In columns. */
const PATH_COLUMNS = 26;

function shortTarget(target: string): string {
  return /\s/.test(target) ? target : shortened(printable(target), PATH_COLUMNS);
}

function distribution({
  distribution: { tokensBefore, tokensAfter, share: left, breakEvenTurns },
}: Total): ReportTable {
  const metrics: readonly (readonly [string, Quantiles, (value: number) => string])[] = [
    ["context tokens before", tokensBefore, amount],
    ["context tokens after", tokensAfter, amount],
    ["share of the context that is left", left, (value) => share(value, 1)],
    ["turns until an edit has paid for itself", breakEvenTurns, amount],
  ];
  return {
    title: "Distribution over files",
    columns: ["what", "median", "90th %", "worst"],
    rows: metrics
      .filter(([, { files }]) => files > 0)
      .map(([name, { median, p90, worst }, print]) => [name, ...[median, p90, worst].map(print)]),
  };
}

function fileTable(files: Iterable<FileReport>, total: Total): ReportTable {
  const rows = largestFiles(files, total.files > MOST_FILES ? LENGTH : MOST_FILES);
  const withRecall = (cells: readonly string[]) => (total.recall === undefined ? [] : cells);
  const all = { v: total.recall?.v?.mean, t: total.recall?.t?.mean };
  return {
    title: total.files > MOST_FILES ? "Largest files" : "Files",
    columns: ["file", "before", "after", "change", "bytes", ...withRecall(["V", "T"])],
    rows: [
      ...rows.map((file) => [
        ...beforeAfter(file.path, { before: file.context.tokensBefore, after: file.context.tokensAfter }),
        file.status === "compacted" ? change(file.disk) : file.status,
        ...withRecall(recallCells(file.recall)),
      ]),
      [
        ...beforeAfter("all", { before: total.context.tokensBefore, after: total.context.tokensAfter }),
        change(total.disk),
        ...withRecall(recallCells(all)),
      ],
    ],
    hasSum: true,
  };
}

/** In their order, or, where they are too many, the largest, by size. What it holds does not grow with their number. */
export function largestFiles(files: Iterable<FileReport>, most: number): FileReport[] {
  const kept: FileReport[] = [];
  for (const file of files) {
    kept.push(file);
    if (kept.length <= 2 * most) continue;
    kept.sort(bySize).splice(most);
  }
  return kept.length > most ? kept.sort(bySize).slice(0, most) : kept;
}

function bySize(a: FileReport, b: FileReport): number {
  return b.context.tokensBefore - a.context.tokensBefore;
}

function failures(files: Iterable<FileReport>, { failed }: Total): ReportTable {
  const rows: string[][] = [];
  if (failed > 0) {
    for (const { status, path, error = "" } of files) {
      if (status === "failed") rows.push([`${path}: ${error}`]);
      if (rows.length === MOST_FILES) break;
    }
  }
  if (failed > rows.length) rows.push([`and ${amount(failed - rows.length)} more`]);
  return { title: "Failed", columns: ["file and reason"], rows };
}

function beforeAfter(name: string, size: BeforeAfter): string[] {
  return [name, amount(size.before), amount(size.after), change(size)];
}
