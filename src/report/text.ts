// In: a report. Out: short tables for a terminal of 80 columns, readable without colour. May change from version to version:
// programs read the JSON.
import Table from "cli-table3";
import { printable } from "./printable.ts";
import type { BeforeAfter, Cache, FileReport, Report } from "./report.ts";

/** How the caller wants things set apart; plain functions, so that this file knows no terminal. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** Kinds in the order in which people ask for them. */
const KIND_ORDER: readonly string[] = [
  "observation",
  "call",
  "assistant",
  "thinking",
  "user",
  "summary",
  "system",
];

export function renderText(report: Report, paint: Paint): string {
  const [file] = report.files;
  if (file === undefined) return "";
  return report.files.length === 1 ? renderFile(file, paint) : renderFiles(report, paint);
}

function renderFile(file: FileReport, paint: Paint): string {
  const pipeline = file.preset === undefined ? "own stages" : `preset ${file.preset}`;
  const name = paint.strong(printable(file.path));
  const head = `${name}: ${file.format ?? "unknown format"}, ${pipeline}`;
  if (file.status === "failed") return `${name}: failed: ${printable(file.error ?? "")}\n`;
  if (file.disk.before === 0) return `${name}: empty, nothing to do\n`;
  if (file.status === "unknown-format") return `${head}, passed through unchanged\n`;
  if (file.status === "below-trigger") {
    return `${head}: ${amount(file.context.tokensBefore)} context tokens, below the trigger, unchanged\n`;
  }
  const parts = [head, contextTable(file, paint), stageTable(file, paint), ...closing(file)];
  return trimEnds(`${parts.filter((part) => part !== "").join("\n")}\n`);
}

function contextTable({ context, disk }: FileReport, paint: Paint): string {
  const table = plainTable([paint.faint("context tokens"), ...["before", "after", ""].map(paint.faint)], 4);
  const known = Object.entries(context.byKind).sort(
    ([a], [b]) => KIND_ORDER.indexOf(a) - KIND_ORDER.indexOf(b),
  );
  for (const [kind, size] of known) table.push(row(kind, size));
  table.push(row("all", { before: context.tokensBefore, after: context.tokensAfter }).map(paint.strong));
  table.push(row(paint.faint("bytes on disk"), disk));
  return table.toString();
}

function stageTable({ stages }: FileReport, paint: Paint): string {
  if (stages.length === 0) return paint.faint("  no stage proposed anything");
  const table = plainTable(["stage", "deletions", "refused", "lines", "tokens"].map(paint.faint), 5);
  for (const { stage, deletions, dropped, lines, tokens } of stages) {
    table.push([stage, ...[deletions, dropped, lines, tokens].map(amount)]);
  }
  return table.toString();
}

function closing({ artifacts, disk, cache, images }: FileReport): string[] {
  return [
    artifacts > 0
      ? `  ${plural(artifacts, "observation")} in the store (+${amount(disk.storeAdded)} bytes)`
      : "",
    images > 0 ? `  ${plural(images, "image")}, not counted and not touched` : "",
    cache === undefined ? "" : cacheLine(cache),
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

function renderFiles({ files, total }: Report, paint: Paint): string {
  const table = plainTable(["file", "tokens before", "after", "", "bytes"].map(paint.faint), 5);
  for (const { path, status, context, disk } of files) {
    const [, ...cells] = row(path, { before: context.tokensBefore, after: context.tokensAfter });
    table.push([printable(path), ...cells, status === "compacted" ? change(disk) : status]);
  }
  const sum = row("all", { before: total.context.tokensBefore, after: total.context.tokensAfter });
  table.push([...sum, change(total.disk)].map(paint.strong));
  return trimEnds(`${table.toString()}\n`);
}

function row(name: string, size: BeforeAfter): string[] {
  return [name, amount(size.before), amount(size.after), change(size)];
}

function change({ before, after }: BeforeAfter): string {
  if (before === after) return "";
  return `${after < before ? "-" : "+"}${Math.round((Math.abs(before - after) / before) * 100)} %`;
}

/** An empty last cell is padded all the same. */
function trimEnds(text: string): string {
  return text.replace(/[ \t]+$/gm, "");
}

function plural(value: number, unit: string): string {
  return `${amount(value)} ${unit}${value === 1 ? "" : "s"}`;
}

/** Groups digits by three. By hand: the first use of a locale costs more than the rest of the report. */
function amount(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
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
  left: "  ",
  middle: "   ",
};

/** Aligned columns and nothing else: rules and boxes would only cost the reader. */
function plainTable(head: readonly string[], columns: number): Table.Table {
  const table = new Table({
    chars: NO_BORDERS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
    colAligns: Array.from({ length: columns }, (_, i) => (i === 0 ? "left" : "right")),
  });
  table.push([...head]);
  return table;
}
