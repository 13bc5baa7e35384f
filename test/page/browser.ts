// In: a report. Out: its page in a real browser that may not talk to anybody, and all that the browser complained of.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { compact } from "../../src/compact.ts";
import { resolve } from "../../src/config/resolve.ts";
import type { Settings } from "../../src/config/settings.ts";
import { buildFileReport, buildReport } from "../../src/report/build.ts";
import { renderHtml } from "../../src/report/html.ts";
import type { Report } from "../../src/report/report.ts";
import { buildSession } from "../../src/report/session.ts";
import type { Session } from "../../src/report/session-data.ts";

const dist = join(import.meta.dirname, "..", "..", "dist");

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.COMPACT_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"], // the tests may run as root, which Chromium's own sandbox refuses
  });
}

export interface Shown {
  readonly page: Page;
  /** Errors of the script, refusals of the policy, requests to anywhere. */
  readonly complaints: string[];
}

export interface Look {
  readonly colorScheme?: "light" | "dark";
  readonly width?: number;
}

export async function show(
  browser: Browser,
  html: string,
  { colorScheme = "light", width = 1280 }: Look = {},
): Promise<Shown> {
  const folder = mkdtempSync(join(tmpdir(), "compact-page-"));
  const path = join(folder, "report.html");
  writeFileSync(path, html);
  const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(path).href);
  rmSync(folder, { recursive: true });
  return { page, complaints };
}

export function pageOf(report: Report, session?: Session, trigger?: number): string {
  const readAsset = (name: string) => readFileSync(join(dist, name), "utf8");
  return [...renderHtml(report, { session, trigger, readAsset })].join("");
}

/** The page of one transcript. */
export function sessionPage(source: Buffer, path = "session.jsonl", settings: Settings = {}): string {
  const config = resolve(settings);
  const compaction = compact(source, config);
  const facts = { path, preset: config.preset, bytes: source.length, storeAdded: 0 };
  return pageOf(buildReport([buildFileReport(compaction, facts)]), buildSession(compaction), 20_000);
}
