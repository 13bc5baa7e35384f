// In: a report. Out: short tables for a terminal of 80 columns, readable without colour. May change from version to version:
// programs read the JSON.
import Table from "cli-table3";
import stringWidth from "string-width";
import { printable } from "../escape/printable.ts";
import { amount, change, plural } from "./amounts.ts";
import { byKindOrder } from "./context-kind.ts";
import type { Paint, RenderOptions } from "./index.ts";
import type { BeforeAfter, Cache, FileReport, Report } from "./report.ts";
import { shortened } from "./shortened.ts";
import { headline, type ReportTable, reportTables } from "./tables.ts";

const WIDTH = 80;
/** Before a row, and between two columns. */
const INDENT = 2;
const GAP = 3;

export function* renderText(
  report: Report,
  { paint, isDetailed }: Pick<RenderOptions, "paint" | "isDetailed">,
): Generator<string> {
  const [file] = report.files;
  if (file === undefined) yield report.total.found > 0 ? `${heading(report, paint)}\n` : "";
  else if (report.total.files === 1) yield renderFile(file, paint, isDetailed ? report : undefined);
  else if (isDetailed) yield renderAll(report, paint);
  else yield renderFiles(report, paint);
}

/** @param detailed the whole report, where all of it is wanted */
function renderFile(file: FileReport, paint: Paint, detailed: Report | undefined): string {
  const pipeline = file.preset === undefined ? "own stages" : `preset ${file.preset}`;
  const name = paint.strong(printable(file.path));
  const head = `${name}: ${file.format ?? "unknown format"}, ${pipeline}`;
  if (file.status === "failed") return `${name}: failed: ${printable(file.error ?? "")}\n`;
  if (file.disk.before === 0) return `${name}: empty, nothing to do\n`;
  if (file.status === "unknown-format") return `${head}, passed through unchanged\n`;
  const isUnchanged = file.status === "below-trigger";
  const state = `: ${amount(file.context.tokensBefore)} context tokens, below the trigger, unchanged`;
  if (detailed !== undefined) {
    const tables = reportTables(detailed, true).map((table) => titled(table, paint));
    return trimEnds(`${[head + (isUnchanged ? state : ""), ...tables, "", ...notes(file)].join("\n")}\n`);
  }
  if (isUnchanged) return `${head}${state}\n`;
  return trimEnds(
    `${[head, contextTable(file, paint), stageTable(file, paint), ...stored(file), ...notes(file)].join("\n")}\n`,
  );
}

function contextTable({ context, disk }: FileReport, paint: Paint): string {
  const known = Object.entries(context.byKind).sort(([a], [b]) => byKindOrder(a, b));
  return plainTable(
    [
      ["context tokens", "before", "after", ""].map(paint.faint),
      ...known.map(([kind, size]) => row(kind, size)),
      row("all", { before: context.tokensBefore, after: context.tokensAfter }).map(paint.strong),
      row(paint.faint("bytes on disk"), disk),
    ],
    4,
  );
}

function stageTable({ stages }: FileReport, paint: Paint): string {
  if (stages.length === 0) return paint.faint("  no stage proposed anything");
  const rows = stages.map(({ stage, deletions, dropped, lines, tokens }) => [
    stage,
    ...[deletions, dropped, lines, tokens].map(amount),
  ]);
  return plainTable([["stage", "deletions", "refused", "lines", "tokens"].map(paint.faint), ...rows], 5);
}

function stored({ artifacts, disk }: FileReport): string[] {
  if (artifacts === 0) return [];
  return [`  ${plural(artifacts, "observation")} in the store (+${amount(disk.storeAdded)} bytes)`];
}

function notes({ cache, images }: FileReport): string[] {
  return [
    ...(images > 0 ? [`  ${plural(images, "image")}, not counted and not touched`] : []),
    ...(cache === undefined ? [] : [cacheLine(cache)]),
  ];
}

function cacheLine({ firstEditedToken, breakEvenTurns, thinkingBlocksAfterFirstEdit }: Cache): string {
  const pays = breakEvenTurns === 0 ? "at once" : `after ${plural(breakEvenTurns, "turn")}`;
  const thinking =
    thinkingBlocksAfterFirstEdit === 0
      ? ""
      : `\n  ${plural(thinkingBlocksAfterFirstEdit, "thinking block")} after it: some providers bind them to the unchanged prefix`;
  return `  prompt cache: first edit at token ${amount(firstEditedToken)}, paid for ${pays}${thinking}`;
}

/** Below the output of a run: what became of its files, and no more. */
function renderFiles(report: Report, paint: Paint): string {
  const tables = reportTables(report, true).filter(
    ({ title }) => title === "Files" || title === "Largest files",
  );
  const isLong = report.total.files > (tables[0]?.rows.length ?? 0);
  const body = tables.map((table) => tableText(table, paint)).join("\n");
  return trimEnds(`${isLong ? `${heading(report, paint)}\n` : ""}${body}\n`);
}

function renderAll(report: Report, paint: Paint): string {
  const tables = reportTables(report, true).map((table) => titled(table, paint));
  return trimEnds(`${[heading(report, paint), ...tables].join("\n")}\n`);
}

function heading(report: Report, paint: Paint): string {
  return headline(report).map(paint.strong).join("\n");
}

function titled(table: ReportTable, paint: Paint): string {
  return `\n${paint.strong(table.title)}\n${tableText(table, paint)}`;
}

/** Names are shortened until the table fits; numbers never are. */
function tableText({ columns, rows, hasSum, shortens }: ReportTable, paint: Paint): string {
  const widthOf = (column: number) =>
    Math.max(...[columns, ...rows].map((cells) => stringWidth(cells[column] ?? "")));
  const others = columns.slice(1).reduce((sum, _, i) => sum + GAP + widthOf(i + 1), 0);
  const room = WIDTH - INDENT - others;
  const shown = rows.map((cells, i) => {
    const [name = "", ...numbers] = cells.map((cell, column) =>
      column === 0 ? shortened(printable(cell), room, shortens) : cell,
    );
    return hasSum && i === rows.length - 1 ? [name, ...numbers].map(paint.strong) : [name, ...numbers];
  });
  return plainTable([columns.map(paint.faint), ...shown], columns.length);
}

function row(name: string, size: BeforeAfter): string[] {
  return [name, amount(size.before), amount(size.after), change(size)];
}

/** An empty last cell is padded all the same. */
function trimEnds(text: string): string {
  return text.replace(/[ \t]+$/gm, "");
}

const BORDERS = [
  "top",
  "top-mid",
  "top-left",
  "top-right",
  "bottom",
  "bottom-mid",
  "bottom-left",
  "bottom-right",
];
const NO_BORDERS = {
  ...Object.fromEntries(
    [...BORDERS, "mid", "mid-mid", "left-mid", "right-mid", "right"].map((name) => [name, ""]),
  ),
  left: " ".repeat(INDENT),
  middle: " ".repeat(GAP),
};

/** Aligned columns and nothing else: rules and boxes would only cost the reader. */
function plainTable(rows: readonly (readonly string[])[], columns: number): string {
  const table = new Table({
    chars: NO_BORDERS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: Array.from({ length: columns }, (_, i) => (i === 0 ? "left" : "right")),
  });
  table.push(...rows.map((cells) => [...cells]));
  return table.toString();
}
