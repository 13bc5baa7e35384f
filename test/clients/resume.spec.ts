// The promise that everything rests on: the real client resumes what `compact` wrote.
// Each client is led through one session, which is saved; each preset then starts from that same session.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getEncoding } from "js-tiktoken";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client, Place } from "./client.ts";
import { clients } from "./clients.ts";
import { compactSession, type Report, restoreSession } from "./compact-session.ts";
import { answersOf, discard, drive, makePlace, rewind, save } from "./drive.ts";
import type { Item } from "./mock/provider.ts";
import { presets } from "./presets.ts";
import {
  addedByClient,
  callIds,
  firstDifference,
  idOfCall,
  resultOf,
  turnsOf,
  withAddition,
} from "./requests.ts";
import * as scenario from "./scenario.ts";
import { typeErrors } from "./sdk-types.ts";
import { usageTotals } from "./usage.ts";

const marker = /^\[compact get ([0-9a-f]{8}): [^\]]+\]/;
const encoding = getEncoding("o200k_base");
const tokens = (text: string) => encoding.encode(text, [], []).length;

/** Goes on with the session; the steps are the model's, the returned bodies are the client's turns. */
async function resume(client: Client, place: Place, steps: scenario.Step[]): Promise<unknown[]> {
  const talk = {
    name: "resume",
    prompt: scenario.resumePrompt,
    answers: answersOf(client, place, steps, "Done."),
    resume: client.sessionId(client.sessionFile(place)),
  };
  return turnsOf(await drive(client, place, talk));
}

describe.each(clients)("$name", (client) => {
  const { provider } = client;
  let place: Place;
  let last: unknown;
  let untouched: unknown;
  let original: string;
  let stored: Map<string, string>;

  beforeAll(async () => {
    place = makePlace();
    const answers = answersOf(client, place, scenario.session, scenario.finalAnswer);
    const exchanges = await drive(client, place, { name: "session", prompt: scenario.task, answers });
    last = turnsOf(exchanges).at(-1);
    const file = client.sessionFile(place);
    original = readFileSync(file, "utf8");
    stored = client.observations(file);
    save(place);
    [untouched] = await resume(client, place, []);
  });

  afterAll(() => discard(place));

  describe("without compact", () => {
    test("the session has at least 30 calls, some of them parallel, and a 100 KB output", () => {
      const items = provider.items(last);
      expect(callIds(items).length).toBeGreaterThanOrEqual(30);
      expect(stored.size).toBe(callIds(items).length);
      expect(items.some((item, n) => item.kind === "call" && items[n + 1]?.kind === "call")).toBe(true);
      const largest = execFileSync(process.execPath, ["scripts/report.mjs"], { cwd: place.project });
      expect(largest.length).toBeGreaterThanOrEqual(100 * 1024);
      expect(stored.get(idOfCall(items, "node scripts/report.mjs"))).toMatch(/^day \d+: \d+ orders/m);
    });

    test("the tests of the project failed before the repair, and passed after it", () => {
      const runs = [...stored.values()].filter((text) => text.includes("TAP version 13"));
      expect(runs.map((text) => text.includes("not ok"))).toEqual([true, false, false]);
    });

    test("the provider would accept every request", () => {
      expect([...provider.violations(last), ...provider.violations(untouched)]).toEqual([]);
    });

    test("resuming sends the whole conversation again", () => {
      const sent = provider.items(last);
      expect(provider.items(untouched).slice(0, sent.length)).toEqual(sent);
    });
  });

  describe.each(presets)("compacted with $preset", ({ preset, cutsLongAgoRead }) => {
    let report: Report;
    let compacted: string;
    let kept: Map<string, string>;
    let turns: unknown[];
    let fetchedRef: string;
    let fetchedId: string;

    const whole = () => provider.items(untouched);
    const cut = () => provider.items(turns[0]);
    const end = () => provider.items(turns.at(-1));
    const cutIds = () => [...stored.keys()].filter((id) => kept.get(id) !== stored.get(id));

    beforeAll(async () => {
      rewind(place);
      const file = client.sessionFile(place);
      report = await compactSession(place, file, preset);
      compacted = readFileSync(file, "utf8");
      kept = client.observations(file);
      const longAgo = idOfCall(whole(), scenario.longAgoRead);
      fetchedId = cutIds().includes(longAgo) ? longAgo : (cutIds()[0] ?? "");
      fetchedRef = marker.exec(kept.get(fetchedId) ?? "")?.[1] ?? "none";
      turns = await resume(client, place, [
        { say: "I name the cart.", actions: [scenario.editOfLongAgoRead] },
        { say: "Did it work?", actions: [scenario.readOfLongAgoRead] },
        { say: "What was there before?", actions: [scenario.fetchOf(fetchedRef)] },
      ]);
    });

    test("something was cut, and every cut begins with its marker", () => {
      expect(cutIds()).not.toEqual([]);
      for (const id of cutIds()) expect(kept.get(id)).toMatch(marker);
      if (cutsLongAgoRead) expect(cutIds()).toContain(idOfCall(whole(), scenario.longAgoRead));
    });

    test("the provider would accept every request of the resumed session", () => {
      expect(turns.length).toBe(4);
      expect(turns.flatMap((body) => provider.violations(body))).toEqual([]);
    });

    test("the SDK of the provider accepts what it accepts of the uncompacted session", () => {
      // Codex sends ids and leaves out a status in ways that the types of the SDK do not know; the results are sound.
      const complaints = (body: unknown) => typeErrors(provider.sdkType, provider.conversation(body));
      expect(complaints(turns[0])).toEqual(complaints(untouched));
    });

    test("everything that is no observation is sent as it was", () => {
      const frame = (items: Item[]) =>
        items.map((item) => (item.kind === "result" ? { ...item, text: "" } : item));
      expect(frame(cut())).toEqual(frame(whole()));
    });

    test("each observation is sent as the compacted file holds it", () => {
      for (const [id, text] of stored) {
        const added = addedByClient(resultOf(whole(), id), text);
        expect(resultOf(cut(), id)).toBe(withAddition(kept.get(id) ?? "", added));
      }
    });

    test("the last 3 operations and the unresolved error are sent whole", () => {
      const lastOperations = callIds(whole()).slice(-3);
      const unresolved = idOfCall(whole(), "node scripts/publish.mjs");
      expect(resultOf(cut(), unresolved)).toContain(
        "PublishError: config/publish.json:3: no token, expected one",
      );
      for (const id of [...lastOperations, unresolved])
        expect(resultOf(cut(), id)).toBe(resultOf(whole(), id));
    });

    test("the request is smaller by what the report said", () => {
      const { tokensBefore, tokensAfter } = report.files[0]?.context ?? { tokensBefore: 0, tokensAfter: 0 };
      const total = (observations: Map<string, string>) =>
        [...observations.values()].reduce((sum, text) => sum + tokens(text), 0);
      expect(total(stored) - total(kept)).toBe(tokensBefore - tokensAfter);
      const sent = (items: Item[]) => items.reduce((sum, item) => sum + tokens(item.text), 0);
      process.stdout.write(
        `${client.name} ${preset}: the report says ${tokensBefore} -> ${tokensAfter} tokens, ` +
          `the client sends ${sent(whole())} -> ${sent(cut())}\n`,
      );
      // A text is counted in one piece here and in two in the report where the client appends a reminder to a result.
      const perResult = 2;
      const difference = sent(whole()) - sent(cut()) - (tokensBefore - tokensAfter);
      expect(Math.abs(difference)).toBeLessThanOrEqual(perResult * stored.size);
    });

    test("a file whose read was cut can be edited, and read again in full", () => {
      const text = readFileSync(join(place.project, scenario.longAgoRead), "utf8");
      expect(text).toContain("cart module, version 2");
      const [, readAgain] = callIds(end()).slice(-3);
      for (const line of text.trimEnd().split("\n")) expect(resultOf(end(), readAgain ?? "")).toContain(line);
    });

    test("`compact get` gives the agent the original", () => {
      const fetched = callIds(end()).at(-1) ?? "";
      // Clients shorten what is very large, some at its head and some at its end; the copy on disk has every byte.
      const text = stored.get(fetchedId)?.trim() ?? "";
      const shown = resultOf(end(), fetched);
      expect([text.slice(0, 1000), text.slice(-1000)].some((end) => shown.includes(end))).toBe(true);
      expect(readFileSync(join(place.project, "fetched.txt"), "utf8")).toBe(stored.get(fetchedId));
    });

    test("`compact restore` gives the original session and keeps what the client added since", async () => {
      const file = client.sessionFile(place);
      const grown = readFileSync(file, "utf8");
      expect(grown.startsWith(compacted)).toBe(true);
      const restored = await restoreSession(place, file);
      expect(firstDifference(restored, original + grown.slice(compacted.length))).toBe("none");
    });

    test("compacted again, it keeps what the agent fetched, keeps every ref, and still restores", async () => {
      const file = client.sessionFile(place);
      const grown = readFileSync(file, "utf8");
      const once = client.observations(file);
      await compactSession(place, file, preset);
      const twice = client.observations(file);
      const fetched = callIds(end()).at(-1) ?? "";
      expect(twice.get(fetched)).toBe(once.get(fetched));
      const refs = (observations: Map<string, string>) =>
        cutIds().map((id) => marker.exec(observations.get(id) ?? "")?.[1]);
      expect(refs(twice)).toEqual(refs(once));
      const restored = await restoreSession(place, file);
      expect(firstDifference(restored, original + grown.slice(compacted.length))).toBe("none");
    });

    test("restored, the session is resumed as if nothing had happened", async () => {
      rewind(place);
      const file = client.sessionFile(place);
      await compactSession(place, file, preset);
      writeFileSync(file, await restoreSession(place, file));
      expect(firstDifference(readFileSync(file, "utf8"), original)).toBe("none");
      const [restored] = await resume(client, place, []);
      expect(provider.items(restored)).toEqual(whole());
    });

    test("ccusage counts the same tokens before and after", async () => {
      rewind(place);
      const totals = await usageTotals(place);
      expect(totals.totalTokens).toBeGreaterThan(0);
      await compactSession(place, client.sessionFile(place), preset);
      expect(await usageTotals(place)).toEqual(totals);
    });
  });
});
