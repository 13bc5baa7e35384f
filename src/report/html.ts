// In: a report, and the transcript where there is one. Out: one page that holds all it needs and asks nobody for anything. Its
// policy allows its own style and script and nothing else; all text of users and transcripts is escaped or is JSON.
import { createHash } from "node:crypto";
import { embedJson, escapeHtml } from "../escape/html-text.ts";
import { amount, change, plural } from "./amounts.ts";
import { GROWTH_FRAME, growthChart, highestOf, type Tile, treemapChart } from "./charts.ts";
import { byKindOrder } from "./context-kind.ts";
import type { RenderOptions } from "./index.ts";
import type { BeforeAfter, FileReport, Report, TotalGrowth } from "./report.ts";
import type { Session } from "./session-data.ts";
import { headline, largestFiles, type ReportTable, recallCells, reportTables } from "./tables.ts";

/** What the build makes of `page/`. */
const SCRIPT = "report-page.js";
const STYLE = "report-page.css";

/** Rows of the table of files: more than anybody reads, few enough for any browser. */
const MOST_FILES = 5000;

export function* renderHtml(
  report: Report,
  { session, trigger, readAsset }: Pick<RenderOptions, "session" | "trigger" | "readAsset">,
): Generator<string> {
  const script = readAsset(SCRIPT).trim();
  const style = readAsset(STYLE).trim();
  const [file] = report.files;
  const title = report.total.files === 1 && file !== undefined ? file.path : headline(report)[0];
  yield head(title, script, style);
  yield header(report, title);
  yield "<main>\n";
  yield growthSection(report, session, trigger);
  yield treemapSection(report, session);
  if (session !== undefined) yield transcriptSection(session);
  yield `<section aria-labelledby="tables"><h2 id="tables">In numbers</h2><div class="tables">\n`;
  for (const table of reportTables(report)) {
    if (!/^(?:Largest files|Files)$/.test(table.title)) yield tableElement(table);
  }
  yield "</div></section>\n";
  if (report.total.files > 1) yield filesSection(report);
  yield "</main>\n";
  yield "<footer>Made by compact. Holds text of the transcript: share it as you would share that.</footer>\n";
  if (session !== undefined) {
    const { blocks, causes } = session;
    yield `<script type="application/json" id="session">${embedJson({ blocks, causes })}</script>\n`;
  }
  yield `<script>${script}</script>\n</body>\n</html>\n`;
}

function head(title: string, script: string, style: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} - compact report</title>
<style>${style}</style>
</head>
<body>
`;
}

function header(report: Report, title: string): string {
  const { artifacts, context, disk, distribution, files } = report.total;
  const [file] = report.files;
  const figures: readonly Figure[] = [
    reduction("Context tokens", { before: context.tokensBefore, after: context.tokensAfter }),
    reduction("Bytes on disk", disk),
    [
      "Paid for",
      distribution.breakEvenTurns.files === 0
        ? "-"
        : distribution.breakEvenTurns.median === 0
          ? "at once"
          : `after ${plural(distribution.breakEvenTurns.median, "turn")}`,
      files === 1 ? "what the edit costs a prompt cache" : "median: what an edit costs a prompt cache",
    ],
    ...recallFigure(report),
    [
      "Moved out",
      amount(artifacts),
      `${artifacts === 1 ? "observation" : "observations"}, each can be fetched back`,
    ],
  ];
  const about = files === 1 && file !== undefined ? aboutFile(file) : headline(report)[1];
  return `<header><h1>${heading(title, files === 1)}</h1><p>${escapeHtml(about)}</p><dl class="figures">${figures
    .map(
      ([name, value, note, bar = ""]) =>
        `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd><dd class="note">${escapeHtml(note)}${bar}</dd></div>`,
    )
    .join("")}</dl></header>\n`;
}

/** @param bar drawn below it, as HTML */
type Figure = readonly [name: string, value: string, note: string, bar?: string];

function reduction(name: string, size: BeforeAfter): Figure {
  const percent = size.before === 0 ? 0 : Math.min(100, (100 * size.after) / size.before);
  const bar = `<svg class="bar" viewBox="0 0 100 5" preserveAspectRatio="none" aria-hidden="true"><rect class="gone" width="100" height="5"/><rect class="left" width="${percent.toFixed(1)}" height="5"/></svg>`;
  return [name, amount(size.after), `${change(size) || "unchanged"} from ${amount(size.before)}`, bar];
}

/** The folder of a file says less than its name. */
function heading(title: string, isFile: boolean): string {
  const name = isFile ? title.lastIndexOf("/") + 1 : 0;
  const folder = name === 0 ? "" : `<span class="folder">${escapeHtml(title.slice(0, name))}</span>`;
  return `${folder}${escapeHtml(title.slice(name))}`;
}

/** Two numbers that are never made one. */
function recallFigure({ total: { recall, files } }: Report): Figure[] {
  if (recall === undefined) return [];
  const [v = "", t = ""] = recallCells({ v: recall.v?.mean, t: recall.t?.mean });
  const value = [v && `V ${v}`, t && `T ${t}`]
    .filter((text) => text !== "")
    .join(", ")
    .replaceAll(/(?<=[VT\d]) /g, "\u00a0");
  const of = files === 1 ? "" : `, mean of ${plural(recall.files, "file")}`;
  return [["Recall", value, `of what agents used later: V verbatim, T terms${of}`]];
}

function aboutFile({ format, preset, status, error }: FileReport): string {
  if (status === "failed") return `failed: ${error}`;
  return `${format ?? "unknown format"}, ${preset === undefined ? "own stages" : `preset ${preset}`}${status === "compacted" ? "" : `, ${status}`}`;
}

/** Of one session its own steps; of many the mean at the checkpoints. */
function growthSection({ total }: Report, session: Session | undefined, trigger: number | undefined): string {
  const { steps, before, after } = session?.growth ?? meanGrowth(total.growth);
  if (steps.length < 2) return "";
  const highest = highestOf({ before }, trigger);
  const chart = (title: string, tokens: typeof before) =>
    `<figure><figcaption>${title}</figcaption>${growthChart({ title, steps, tokens, highest, trigger })}</figure>`;
  const legend = Object.keys(before)
    .sort(byKindOrder)
    .map(
      (kind) =>
        `<li><span class="key fill-${escapeHtml(kind)}"></span>${escapeHtml(kind)} <span class="value" data-kind="${escapeHtml(kind)}"></span></li>`,
    )
    .join("");
  const data = escapeHtml(JSON.stringify({ steps, before, after, frame: GROWTH_FRAME }));
  const isOff = trigger !== undefined && trigger > highest;
  const note = isOff
    ? `<p class="note">The trigger, ${amount(trigger)} tokens, is above these charts.</p>`
    : "";
  const what =
    session === undefined ? "Context over steps, mean of the sessions that got so far" : "Context over steps";
  return `<section aria-labelledby="growth" data-growth="${data}"><h2 id="growth">${what}</h2><p class="note chosen"></p><ul class="legend">${legend}</ul><div class="pair">${chart("Before", before)}${chart("After", { ...before, ...after })}</div>${note}</section>\n`;
}

function meanGrowth({ steps, files, before, after }: TotalGrowth) {
  const mean = (lists: TotalGrowth["before"]) =>
    Object.fromEntries(
      Object.entries(lists).map(([kind, list]) => [
        kind,
        list.map((tokens, i) => Math.round(tokens / (files[i] ?? 1))),
      ]),
    );
  return { steps, before: mean(before), after: mean(after) };
}

function treemapSection({ total }: Report, session: Session | undefined): string {
  const tiles: Tile[] =
    session?.targets.map(({ tool, target, before, after }) => ({
      group: tool,
      name: target || tool,
      before,
      after,
    })) ?? Object.entries(total.context.byTool).map(([group, size]) => ({ group, name: "", ...size }));
  if (tiles.every(({ before }) => before === 0)) return "";
  return `<section aria-labelledby="map"><h2 id="map">What fills the context</h2><p class="note">Area: tokens of observations. Filled: what is left of them.</p><figure>${treemapChart(tiles)}</figure></section>\n`;
}

/** Filled by the script, line by line as it is looked at. */
function transcriptSection({ blocks }: Session): string {
  if (blocks.length === 0) return "";
  return `<section aria-labelledby="transcript"><h2 id="transcript">Transcript</h2>
<p class="note">What the model sees. Lines that go are folded; open one to read it struck through. Keys: <kbd>/</kbd> search, <kbd>j</kbd> <kbd>k</kbd> next and previous entry, <kbd>n</kbd> <kbd>p</kbd> next and previous removal.</p>
<form class="tools" role="search"><label>Search <input type="search" id="query" autocomplete="off" spellcheck="false"></label>
<button type="button" id="previous">Previous</button><button type="submit" id="next">Next</button><output id="found" aria-live="polite"></output>
<button type="button" id="unfold" aria-pressed="false">Unfold removals</button></form>
<div id="view" role="list" tabindex="0" aria-label="Transcript"><div id="here" aria-hidden="true" hidden></div><div id="spacer"></div></div>
<noscript>This part needs scripts.</noscript></section>
`;
}

function filesSection(report: Report): string {
  const { files } = report.total;
  const shown = largestFiles(report.files, MOST_FILES);
  const note =
    files > shown.length
      ? `<p class="note">The ${amount(shown.length)} largest of ${amount(files)}; all of them are in the JSON, NDJSON and CSV.</p>`
      : "";
  const withRecall = (cells: readonly string[]) => (report.total.recall === undefined ? [] : cells);
  const table = tableElement({
    title: "Files",
    columns: [
      "file",
      "status",
      "format",
      "tokens before",
      "after",
      "change",
      "bytes before",
      "after",
      "paid for after",
      ...withRecall(["recall V", "recall T"]),
    ],
    textColumns: 3,
    rows: shown.map(({ path, status, format = "", context, disk, cache, recall }) => [
      path,
      status,
      format,
      amount(context.tokensBefore),
      amount(context.tokensAfter),
      change({ before: context.tokensBefore, after: context.tokensAfter }),
      amount(disk.before),
      amount(disk.after),
      cache === undefined ? "" : amount(cache.breakEvenTurns),
      ...withRecall(recallCells(recall)),
    ]),
  });
  return `<section aria-labelledby="files"><h2 id="files">Files</h2>${note}<div class="files">${table}</div></section>\n`;
}

/** Its heads become buttons that sort, where scripts run. */
function tableElement({
  title,
  columns,
  rows,
  hasSum,
  textColumns = 1,
}: ReportTable & { textColumns?: number }): string {
  const body = hasSum ? rows.slice(0, -1) : rows;
  const cell = (text: string, i: number) =>
    i === 0
      ? `<th scope="row">${escapeHtml(text)}</th>`
      : `<td${i < textColumns ? "" : ` class="number"`}>${escapeHtml(text)}</td>`;
  const row = (cells: readonly string[]) => `<tr>${cells.map(cell).join("")}</tr>`;
  const foot = hasSum ? `<tfoot>${rows.slice(-1).map(row).join("")}</tfoot>` : "";
  const heads = columns
    .map((name, i) => `<th scope="col"${i < textColumns ? "" : ` class="number"`}>${escapeHtml(name)}</th>`)
    .join("");
  return `<table><caption>${escapeHtml(title)}</caption><thead><tr>${heads}</tr></thead><tbody>${body.map(row).join("\n")}</tbody>${foot}</table>\n`;
}
