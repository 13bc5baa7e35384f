// In: a report. Out: tables in GitHub's Markdown, for a pull request. Text of users and transcripts stays text.
import { printable } from "../escape/printable.ts";
import type { Report } from "./report.ts";
import { headline, type ReportTable, reportTables } from "./tables.ts";

/** These stand open; the others are folded. */
const OPEN_TABLES = 1;

export function* renderMarkdown(report: Report): Generator<string> {
  yield `**${escaped(headline(report).join(", "))}**\n`;
  const tables = reportTables(report);
  for (const table of tables.slice(0, OPEN_TABLES)) yield `\n${tableText(table)}`;
  for (const table of tables.slice(OPEN_TABLES))
    yield `\n<details><summary>${table.title}</summary>\n\n${tableText(table)}\n</details>\n`;
}

function tableText({ columns, rows, hasSum }: ReportTable): string {
  const strong = (cell: string) => (cell === "" ? "" : `**${cell}**`);
  const body = rows.map((cells, i) => {
    const shown = cells.map(escaped);
    return hasSum && i === rows.length - 1 ? shown.map(strong) : shown;
  });
  const alignment = columns.map((_, i) => (i === 0 ? "---" : "---:"));
  return [columns, alignment, ...body].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** All that Markdown or HTML would take for its own, mentions of people and issues included. */
function escaped(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]()#+!|~]/g, "\\$&")
    .replace(/[&<>@]/g, (character) => `&#${character.charCodeAt(0)};`);
}
