// The page of a report, as a reader meets it.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildReport } from "../../src/report/build.ts";
import { claudeSession } from "../cli/transcripts.ts";
import { fileReport, sized } from "../report/reports.ts";
import { pageOf, sessionPage, show, startBrowser } from "./browser.ts";

const samples = join(import.meta.dirname, "..", "..", "samples");
const source = readFileSync(join(samples, "claude-code.jsonl"));
const sample = sessionPage(source, "session.jsonl", { preset: "mask" });

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const texts = (page: Page, selector: string) => page.locator(selector).allTextContents();

describe("the page of one session", () => {
  test("draws its charts, with names for those who do not see them, and complains of nothing", async () => {
    const { page, complaints } = await show(browser, sample);
    expect(await page.locator("svg[role=img]").count()).toBe(3);
    for (const svg of await page.locator("svg[role=img]").all()) {
      expect(await svg.getAttribute("role")).toBe("img");
      expect((await svg.getAttribute("aria-label"))?.length).toBeGreaterThan(40);
      const box = await svg.boundingBox();
      expect(box?.width).toBeGreaterThan(300);
    }
    expect(await page.locator("path.fill-observation").count()).toBe(2);
    expect(await page.locator("line.trigger").count()).toBe(2);
    expect(await page.locator("rect.gone").count()).toBeGreaterThan(10);
    expect(complaints).toEqual([]);
  });

  test("says the numbers of the step that is pointed at, or chosen with the keyboard", async () => {
    const { page, complaints } = await show(browser, sample);
    const chosen = page.locator(".chosen");
    const observation = page.locator("[data-kind=observation]");
    const slider = page.getByRole("slider", { name: "Step" });
    const end = await chosen.textContent();
    expect(end).toMatch(/^step \d+: [\d,]+ → [\d,]+ tokens$/);
    expect(await observation.textContent()).toMatch(/^[\d,]+ → [\d,]+$/);
    await page
      .locator("svg[role=img]")
      .first()
      .hover({ position: { x: 60, y: 50 } });
    expect(await chosen.textContent()).toMatch(/^step 1: /);
    expect(await page.locator(".cursor").count()).toBe(2);
    await slider.focus();
    await page.keyboard.press("End");
    expect(await chosen.textContent()).toBe(end);
    expect(await slider.getAttribute("aria-valuetext")).toBe(end);
    expect(complaints).toEqual([]);
  });

  test("folds what goes, with stage and reason, and shows it struck when it is opened", async () => {
    const { page, complaints } = await show(browser, sample);
    const fold = page.locator(".row.removed button").first();
    expect(await fold.textContent()).toMatch(/^\d+ lines removedmask-observations: \d+ newer observations$/);
    expect(await fold.getAttribute("aria-expanded")).toBe("false");
    expect(await page.locator("del").count()).toBe(0);
    await fold.click();
    expect(await page.locator(".row.removed button").first().getAttribute("aria-expanded")).toBe("true");
    expect(await page.locator("del").count()).toBeGreaterThan(5);
    await page.locator(".row.removed button").first().click();
    expect(await page.locator("del").count()).toBe(0);
    await page.locator("#unfold").click();
    expect(await page.locator("del").count()).toBeGreaterThan(5);
    expect(complaints).toEqual([]);
  });

  test("shows what stays between what goes, where lines were judged one by one", async () => {
    const { page, complaints } = await show(
      browser,
      sessionPage(source, "session.jsonl", { preset: "balanced" }),
    );
    const before = (await texts(page, ".row")).filter((text) => text.includes("removed")).length;
    expect(before).toBeGreaterThan(0);
    await page.locator("#unfold").click();
    const removed = await page.locator("del.text").count();
    const kept = await page.locator("span.text").count();
    expect(Math.min(removed, kept)).toBeGreaterThan(5);
    expect(complaints).toEqual([]);
  });

  test("closes an entry to its head and opens it again", async () => {
    const { page } = await show(browser, sample);
    const before = await texts(page, ".row");
    await page.locator(".row.block button").first().click();
    expect((await texts(page, ".row"))[1]).not.toBe(before[1]);
    await page.locator(".row.block button").first().click();
    expect(await texts(page, ".row")).toEqual(before);
  });

  test("finds text, also in what goes, goes there and marks it", async () => {
    const { page, complaints } = await show(browser, sample);
    await page.locator("#query").fill("PARCEL-TRACKER@0.7.2 PRETEST");
    expect(await page.locator("#found").textContent()).toMatch(/^1 of \d+ lines$/);
    const current = page.locator(".row.current");
    expect(await current.locator("del mark").textContent()).toBe("parcel-tracker@0.7.2 pretest");
    const first = await current.getAttribute("data-row");
    await page.keyboard.press("Enter");
    expect(await page.locator("#found").textContent()).toMatch(/^2 of/);
    expect(await page.locator(".row.current").getAttribute("data-row")).not.toBe(first);
    await page.locator("#query").fill("surely nowhere in it");
    expect(await page.locator("#found").textContent()).toBe("0 lines");
    expect(complaints).toEqual([]);
  });

  test("marks what is found across the end of a row", async () => {
    const words = Array.from({ length: 400 }, (_, i) => `word${i}`).join(" ");
    const long = Buffer.from(claudeSession({ calls: 1, lines: 1 }).replace("part-1.c:1", words));
    const { page } = await show(browser, sessionPage(long));
    await page.locator("#unfold").click();
    const last = (await texts(page, ".row .text")).find((text) => /word\d+ $/.test(text)) ?? "";
    const number = Number(/word(\d+) $/.exec(last)?.[1]);
    await page.locator("#query").fill(`word${number} word${number + 1}`);
    expect(await texts(page, ".row.current mark")).toEqual([`word${number} `, `word${number + 1}`]);
  });

  test("can be used without a mouse", async () => {
    const { page } = await show(browser, sample);
    await page.keyboard.press("/");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("query");
    await page.locator("#view").focus();
    await page.keyboard.press("n");
    const onFold = () => page.evaluate(() => document.activeElement?.closest(".row")?.className ?? "");
    expect(await onFold()).toContain("removed");
    await page.keyboard.press("Enter");
    expect(await onFold()).toContain("removed");
    expect(await page.locator("del").count()).toBeGreaterThan(0);
    await page.keyboard.press("k");
    expect(await onFold()).toContain("block");
    const stops = await page.evaluate(
      () =>
        document.querySelectorAll("button:not([type]), input:not([id]), [tabindex]:not([aria-label])").length,
    );
    expect(stops).toBe(0);
  });

  test("says what it is to a screen reader", async () => {
    const { page } = await show(browser, sample);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("session.jsonl");
    expect(await page.getByRole("list", { name: "Transcript" }).count()).toBe(1);
    expect(await page.getByRole("searchbox", { name: "Search" }).count()).toBe(1);
    const set = page.locator("#view [role=listitem]").first();
    expect(await set.getAttribute("aria-posinset")).toBe("1");
    for (const table of await page.locator("table").all())
      expect((await table.locator("caption").textContent())?.length).toBeGreaterThan(3);
  });

  test.each([320, 600, 1600])("fits %i pixels without scrolling sideways", async (width) => {
    const { page } = await show(browser, sample, { width });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
});

test("a transcript of 10 MB has a few hundred elements, and its end can be reached and searched", async () => {
  const source = Buffer.from(
    claudeSession({ calls: 400, lines: 600 }).replaceAll("part-400.c:600", "the very end"),
  );
  expect(source.length).toBeGreaterThan(10_000_000);
  const { page, complaints } = await show(browser, sessionPage(source));
  await page.locator("#unfold").click();
  expect(await page.locator("#view *").count()).toBeLessThan(500);
  const rows = await page.locator("#view .row").first().getAttribute("aria-setsize");
  expect(Number(rows)).toBeGreaterThan(200_000);
  await page.locator("#view").evaluate((view) => view.scrollTo(0, view.scrollHeight));
  await expect.poll(() => texts(page, ".row .text")).toContainEqual(expect.stringContaining("the very end"));
  expect(await page.locator("#here").textContent()).toContain("Bash make part-400");
  await page.locator("#view").evaluate((view) => view.scrollTo(0, 0));
  await page.locator("#query").fill("the very end");
  await expect.poll(() => page.locator(".row.current mark").count()).toBe(1);
  expect(await page.locator("#view *").count()).toBeLessThan(500);
  expect(complaints).toEqual([]);
});

describe("hostile text", () => {
  const EVIL = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<!--<script>",
    "]]>&lt;b&gt;",
    "javascript:alert(3)",
    "\u0000\u001b[2J\u0007\u202eevil\u2028\u2029\ufeff",
    "\ud800 lone \udfff",
    "</style><style>*{display:none}",
    "\u0024{alert(4)}`'\"\\",
    "<base href=https://example.invalid/><link rel=stylesheet href=//example.invalid/x>",
  ];
  const all = EVIL.join("\n");
  const record = (index: number, role: string, content: unknown) => ({
    parentUuid: index === 0 ? null : `u${index - 1}`,
    isSidechain: false,
    sessionId: "s",
    type: role,
    uuid: `u${index}`,
    message: { role, content },
  });
  const records = [record(0, "user", all)];
  for (let i = 1; i < 30; i += 2) {
    const id = `t${i}`;
    const input = { command: all };
    records.push(record(i, "assistant", [{ type: "tool_use", id, name: `${EVIL[0]}${EVIL[1]}`, input }]));
    records.push(
      record(i + 1, "user", [{ type: "tool_result", tool_use_id: id, content: `${all}\n${i}\n`.repeat(20) }]),
    );
  }
  const source = Buffer.from(records.map((line) => `${JSON.stringify(line)}\n`).join(""));

  test("is shown as text, in charts, tables and the transcript, and nothing of it runs", async () => {
    const { page, complaints } = await show(browser, sessionPage(source, all));
    await page.locator("#unfold").click();
    for (const line of EVIL) {
      const wanted = /[!-~]{3,12}/.exec(line.replaceAll(/[\u0000\u001b]/g, " "))?.[0] ?? "";
      await page.locator("#query").fill(wanted);
      expect(await page.locator("#found").textContent(), line).toMatch(/^1 of [1-9]/);
    }
    expect(await page.locator("img, base, link, iframe").count()).toBe(0);
    expect(await page.locator("script").count()).toBe(2);
    expect(await page.locator("style").count()).toBe(1);
    expect(await page.locator("h1").textContent()).toContain("</script><script>alert(1)</script>");
    expect(complaints).toEqual([]);
  });

  test("in the names of files and tools does no more", async () => {
    const context = { ...fileReport("a").context, byTool: { [all]: { before: 900, after: 30 } } };
    const report = buildReport([
      fileReport(all, { context, error: all, status: "failed", format: all }),
      fileReport("b"),
    ]);
    const { page, complaints } = await show(browser, pageOf(report));
    expect(await page.locator("img, base, link").count()).toBe(0);
    expect(await page.locator("script").count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test("that got into the page would be stopped by its policy", async () => {
    const broken = sample.replace(
      "<main>",
      '<main><img src="x" onerror="alert(1)"><script>alert(2)</script>',
    );
    const { complaints } = await show(browser, broken);
    expect(complaints.filter((line) => line.includes("Content Security Policy")).length).toBeGreaterThan(1);
    expect(complaints.filter((line) => line.startsWith("dialog"))).toEqual([]);
  });
});

describe("the page of many sessions", () => {
  const files = Array.from({ length: 300 }, (_, i) => sized(`runs/${i}.jsonl`, ((i * 37) % 300) + 1, 1));

  test("has a table of files that sorts by each column, both ways", async () => {
    const { page, complaints } = await show(browser, pageOf(buildReport(files)));
    const column = (place: number) => texts(page, `.files tbody tr td:nth-child(${place})`);
    const head = page.locator(".files th button", { hasText: "tokens before" });
    await head.click();
    expect((await column(4)).map(Number)).toEqual(Array.from({ length: 300 }, (_, i) => 300 - i));
    expect(await head.locator("..").getAttribute("aria-sort")).toBe("descending");
    await head.click();
    expect((await column(4)).map(Number)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
    await page.locator(".files th button", { hasText: "file" }).first().click();
    const names = await texts(page, ".files tbody th");
    expect(names).toEqual([...names].sort());
    expect(await page.locator(".files th[aria-sort]").count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test("keeps a sum below what sorts", async () => {
    const { page } = await show(browser, pageOf(buildReport(files)));
    const table = page.locator("table", { hasText: "Context tokens" }).first();
    await table.locator("thead button", { hasText: "before" }).click();
    expect(await table.locator("tfoot th").textContent()).toBe("all");
    expect(await table.locator("tbody th").allTextContents()).toEqual(["observation", "user"]);
  });

  test("draws the mean growth and the tools", async () => {
    const { page } = await show(browser, pageOf(buildReport(files)));
    expect(await page.locator("svg[role=img]").count()).toBe(3);
    expect(await page.locator("#view").count()).toBe(0);
  });

  test("is whole when nothing was read", async () => {
    const { page, complaints } = await show(browser, pageOf(buildReport([], 5)));
    expect(await page.locator("h1").textContent()).toBe("0 of 5 files (interrupted)");
    expect(complaints).toEqual([]);
  });
});

/** With COMPACT_SCREENSHOTS=DIR they stay there, to be looked at. */
test.each(["light", "dark"] as const)("has readable contrast in %s", async (colorScheme) => {
  for (const [name, html] of [
    ["session", sample],
    ["files", pageOf(buildReport([fileReport("a"), fileReport("b")]))],
  ] as const) {
    const { page } = await show(browser, html, { colorScheme });
    const contrasts = await page.evaluate(() => {
      const light = (color: string) => {
        const [r = 0, g = 0, b = 0] = [...color.matchAll(/[\d.]+/g)].map(([value]) => {
          const part = Number(value) / 255;
          return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const paper = light(getComputedStyle(document.body).backgroundColor);
      return ["h1", ".note", "td", "thead th", ".figures dd"].map((selector) => {
        const element = document.querySelector(selector);
        const ink = element === null ? paper : light(getComputedStyle(element).color);
        return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
      });
    });
    for (const contrast of contrasts) expect(contrast).toBeGreaterThan(4.5);
    const folder = process.env.COMPACT_SCREENSHOTS;
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true });
    }
  }
});
