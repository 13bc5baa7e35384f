// The hooks that `compact init` installs, in the real clients: they are called, the session goes on, a large one is cut and resumed,
// the agent is told how to get text back, and gets it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Client, Hooks, Place } from "./client.ts";
import { clients } from "./clients.ts";
import { restoreSession, storeOf, wire } from "./compact-session.ts";
import { answersOf, discard, drive, makePlace } from "./drive.ts";
import type { Answer } from "./mock/server.ts";
import { callIds, idOfCall, resultOf, turnsOf } from "./requests.ts";
import * as scenario from "./scenario.ts";

const marker = /^\[compact get ([0-9a-f]{8}): /;
const hooked = clients.flatMap((client) =>
  client.hooks === undefined ? [] : [{ ...client, hooks: client.hooks }],
);

type Entry = Record<string, unknown>;

function log(place: Place): Entry[] {
  const path = join(storeOf(place), "harness", "log.jsonl");
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** Hooks answer at once and work in the background: so the test waits. */
async function logged(place: Place, did: string): Promise<Entry> {
  for (let waited = 0; waited < 40_000; waited += 100) {
    const entry = log(place).find((candidate) => candidate.did === did);
    if (entry !== undefined) return entry;
    await pause(100);
  }
  throw new Error(`the log never says ${did}: ${JSON.stringify(log(place))}`);
}

describe.each(hooked)("$name", (client) => {
  const { provider, hooks } = client as Client & { hooks: Hooks };
  let place: Place;
  let last: unknown;
  let resumed: unknown[];
  let fetchedId: string;

  const talk = (
    name: string,
    prompt: string,
    answers: Answer[],
    more: { resume?: string; options?: string[] } = {},
  ) =>
    drive(client, place, {
      name,
      prompt,
      answers,
      ...more,
      options: [...hooks.trust, ...(more.options ?? [])],
    });
  const file = () => client.sessionFile(place);
  const resume = () => ({ resume: client.sessionId(file()) });
  const textsOf = (body: unknown) => provider.items(body).map(({ text }) => text);
  const withHint = (body: unknown, words: string) => textsOf(body).findIndex((text) => text.includes(words));

  beforeAll(async () => {
    place = makePlace();
    await wire(place, hooks, "--write");
    const answers = answersOf(client, place, scenario.session, scenario.finalAnswer);
    last = turnsOf(await talk("session", scenario.task, answers)).at(-1);
    await logged(place, "cut");
    const longAgo = idOfCall(provider.items(last), scenario.longAgoRead);
    const ref = marker.exec(client.observations(file()).get(longAgo) ?? "")?.[1] ?? "none";
    fetchedId = longAgo;
    const steps = [{ say: "What was there before?", actions: [scenario.fetchOf(ref)] }];
    resumed = turnsOf(
      await talk("resume", scenario.resumePrompt, answersOf(client, place, steps, "Done."), resume()),
    );
  });

  afterAll(() => discard(place));

  test("a session that reached the trigger is cut when its turn has ended", () => {
    const cut = [...client.observations(file()).values()].filter((text) => marker.test(text));
    expect(cut.length).toBeGreaterThan(3);
    const calls = provider.items(last);
    const sent = calls.filter(({ kind }) => kind === "result");
    expect(provider.items(resumed[0]).filter(({ kind }) => kind === "result")).toHaveLength(sent.length);
  });

  test("the resumed session is one that the provider would accept", () => {
    expect(resumed).toHaveLength(2);
    expect(resumed.flatMap((body) => provider.violations(body))).toEqual([]);
  });

  test("the agent is told how to get text back, behind all that the provider has in its cache", () => {
    const hint = withHint(resumed[0], "`compact get REF`");
    const lastResult = provider.items(resumed[0]).findLastIndex(({ kind }) => kind === "result");
    expect(hint).toBeGreaterThan(lastResult);
  });

  test("the agent sees the skill", () => {
    expect(textsOf(resumed[0]).join("\n")).toContain("compact-transcript");
  });

  test("`compact get` works from inside", async () => {
    const [fetched] = callIds(provider.items(resumed.at(-1))).slice(-1);
    expect(resultOf(provider.items(resumed.at(-1)), fetched ?? "")).toContain("cart module, version 1");
    const whole = resultOf(provider.items(last), fetchedId);
    const text = readFileSync(join(place.project, "fetched.txt"), "utf8");
    expect(whole.startsWith(text.trim())).toBe(true);
  });

  test("the original comes back", async () => {
    const restored = await restoreSession(place, file());
    expect(restored.split("\n").length).toBe(readFileSync(file(), "utf8").split("\n").length);
    expect(restored).toContain("cart module, version 1");
    expect(restored.length).toBeGreaterThan(readFileSync(file(), "utf8").length);
  });

  test("no hook has failed, but for one that met another at work on the same session", () => {
    // A turn and a session that end at once are two hooks: one replaces the file, and the other says that it could not.
    const met = "another compact replaces it at this moment";
    const failures = log(place).filter(({ failed, did }) => failed !== undefined || did === "failed");
    expect(failures.filter(({ message }) => !String(message).startsWith(met))).toEqual([]);
  });

  test("before the client's own summary all is kept, and after it the agent is told where", async () => {
    const { arguments: options, prompt } = hooks.summarise;
    const summary = { text: "We repaired the tax.", calls: [], thinks: 3000 };
    await talk("summary", prompt, [summary], { ...resume(), options });
    await logged(place, "kept");
    const [after] = turnsOf(await talk("after", "And now?", [], resume()));
    expect(withHint(after, "is in the store word for word")).toBeGreaterThanOrEqual(0);
  });

  test("taken out again, no hook is called", async () => {
    await wire(place, hooks, "--remove");
    const before = log(place).length;
    await talk("without", "And now?", [], resume());
    await pause(1000);
    expect(log(place)).toHaveLength(before);
  });
});

describe.each(hooked.filter(({ hooks }) => hooks.trust.length > 0))(
  "$name, whose user has not trusted the hooks",
  (client) => {
    test("goes on without them", async () => {
      const place = makePlace();
      await wire(place, client.hooks, "--write");
      const answers = answersOf(client, place, scenario.recordedSession, scenario.finalAnswer);
      await drive(client, place, { name: "session", prompt: scenario.task, answers });
      await pause(1000);
      expect(log(place)).toEqual([]);
      discard(place);
    });
  },
);
