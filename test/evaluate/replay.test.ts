// Replaying a session: which requests it had, what each policy makes of them, what a cache would have held, and which cuts paid.
import { describe, expect, test } from "vitest";
import { resolve } from "../../src/config/resolve.ts";
import { Prices } from "../../src/engine/prices.ts";
import { compactWhenDue } from "../../src/evaluate/replay/policies/compact-when-due.ts";
import { clearAtSize, maskEveryTurn } from "../../src/evaluate/replay/policies/keep-newest.ts";
import { gemini, opencode } from "../../src/evaluate/replay/policies/keep-newest-tokens.ts";
import { none } from "../../src/evaluate/replay/policies/none.ts";
import type { Policy } from "../../src/evaluate/replay/policies/policy.ts";
import { recordedSessions } from "../../src/evaluate/replay/recorded-session.ts";
import { requestsOf } from "../../src/evaluate/replay/requests.ts";
import { replay } from "../../src/evaluate/replay/run.ts";
import { detectFormat } from "../../src/formats/index.ts";
import { frameLines } from "../../src/jsonl/frame.ts";
import { tokenCounter } from "../../src/tokens/index.ts";
import { claudeSession, codexRollout, openaiChat } from "../cli/transcripts.ts";

const CONFIG = resolve({ tokenizer: "chars4" });

function recorded(text: string) {
  const source = Buffer.from(text);
  return recordedSessions(source, detectFormat(frameLines(source))!.format)[0]!;
}

function run(policy: Policy, text: string, config = CONFIG) {
  const prices = new Prices(tokenCounter("chars4"));
  return replay(policy, { session: recorded(text), prices, cache: config.cache });
}

const costOf = ({ requests }: ReturnType<typeof run>) => requests.reduce((sum, { cost }) => sum + cost, 0);
const peakOf = ({ requests }: ReturnType<typeof run>) => Math.max(...requests.map(({ input }) => input));

/** A Claude Code session whose lines were written so many seconds one after the other. */
function timed(text: string, secondsAt: (line: number) => number): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line, i) => {
      const timestamp = new Date(Date.UTC(2026, 0, 1) + secondsAt(i) * 1000).toISOString();
      return `${JSON.stringify({ ...JSON.parse(line), timestamp })}\n`;
    })
    .join("");
}

/** A session that its harness compacted after so many lines: the boundary, the summary, and the rest behind it. */
function compactedByHarness(text: string, after: number): string {
  const records = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const [before, behind] = [records.slice(0, after), records.slice(after)];
  const common = { isSidechain: false, sessionId: "session-a", version: "2.1.0" };
  const boundary = { ...common, type: "system", subtype: "compact_boundary", parentUuid: null, uuid: "b" };
  const summary = {
    ...common,
    type: "user",
    isCompactSummary: true,
    message: { role: "user", content: "What has been done until now." },
    parentUuid: "b",
    uuid: "s",
  };
  behind[0] = { ...behind[0], parentUuid: "s" };
  return [...before, boundary, summary, ...behind].map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** The same messages as one line of a request log. */
function asRequest(chat: string): string {
  return `{"model":"m","messages":[${chat.trimEnd().split("\n").join(",")}],"stream":true}\n`;
}

describe("a recorded session", () => {
  test.each([
    ["claude-code", claudeSession({ calls: 5 })],
    ["codex", codexRollout({ calls: 5 })],
    ["openai-chat", openaiChat({ calls: 5 })],
  ])("has a request for each message of its agent: %s", (_, text) => {
    const { transcript } = recorded(text);
    const requests = requestsOf(transcript);
    expect(requests).toHaveLength(5);
    expect(requests.map(({ end }) => transcript.entries[end]!.blocks[0]!.role)).toEqual(
      Array(5).fill("assistant"),
    );
  });

  test("that its harness compacted is replayed as if it had not, without the summary", () => {
    const text = claudeSession({ calls: 10 });
    const [plain, compacted] = [recorded(text), recorded(compactedByHarness(text, 11))];
    expect([plain.undone, compacted.undone]).toEqual([0, 1]);
    const texts = ({ transcript }: typeof plain) => transcript.blocks.flatMap(({ text }) => text ?? []);
    expect(texts(compacted)).toEqual(texts(plain));
  });
});

describe("a cache", () => {
  test("gives back what was sent before, and takes what is new, when nothing goes", () => {
    const { requests } = run(none, claudeSession({ calls: 20 }));
    for (let i = 1; i < requests.length; i++) {
      const before = requests[i - 1]!;
      expect(requests[i]!.cacheRead).toBe(before.uncached > 0 ? 0 : before.input);
    }
    expect(requests.at(-1)!.cacheRead).toBeGreaterThan(requests.at(-1)!.cacheWrite);
  });

  test("holds nothing after a pause as long as its life", () => {
    const text = timed(claudeSession({ calls: 20 }), (line) => line + (line > 20 ? 300 : 0));
    const reads = run(none, text).requests.map(({ cacheRead }) => cacheRead);
    const warm = run(none, claudeSession({ calls: 20 })).requests.map(({ cacheRead }) => cacheRead);
    expect(reads.flatMap((read, i) => (read === warm[i] ? [] : [i]))).toEqual([11]);
    expect(reads[11]).toBe(0);
  });

  test("holds what stands before the first edit", () => {
    const { requests, cuts } = run(maskEveryTurn, claudeSession({ calls: 20 }));
    const first = requests[cuts[0]!.request]!;
    expect(first.cacheRead).toBeLessThan(requests[cuts[0]!.request - 1]!.input);
    expect(first.cacheRead + first.cacheWrite).toBe(first.input);
  });
});

describe("policies of others", () => {
  const long = claudeSession({ calls: 300, lines: 100 });

  test("mask every turn: the window slides, no cut has paid before the next", () => {
    const { cuts, requests } = run(maskEveryTurn, claudeSession({ calls: 40 }));
    expect(cuts).toHaveLength(requests.length - 12);
    expect(cuts.filter(({ paidAfter }) => paidAfter !== undefined)).toHaveLength(0);
  });

  test("clear at 100k: nothing below, all but three above", () => {
    const { requests, cuts } = run(clearAtSize, long);
    expect(peakOf({ policy: "", requests, cuts })).toBeLessThan(105_000);
    expect(requests[cuts[0]!.request - 1]!.input).toBeGreaterThan(95_000);
    expect(requests[cuts[0]!.request]!.input).toBeLessThan(30_000);
  });

  test("opencode: never within a turn, so a session of one turn is left alone", () => {
    expect(run(opencode, long).cuts).toEqual([]);
  });

  test("Gemini: keeps the newest 50k tokens of observations, and goes by 30k at least", () => {
    const { cuts } = run(gemini, long);
    expect(cuts.length).toBeGreaterThan(1);
    for (const { freed } of cuts) expect(freed).toBeGreaterThan(20_000);
  });
});

describe("ours", () => {
  const limits = {
    trigger: 16_000,
    target: 9000,
    minimumSavings: 2000,
    holdOff: 0,
    isCacheAware: false,
  };
  const long = claudeSession({ calls: 120 });

  test("costs the same as nothing below the trigger", () => {
    const short = claudeSession({ calls: 5 });
    const ours = run(compactWhenDue("", CONFIG, limits), short);
    expect(ours.cuts).toEqual([]);
    expect(ours.requests).toEqual(run(none, short).requests);
  });

  test.each([
    ["claude-code", long],
    ["codex", codexRollout({ calls: 120 })],
    ["openai-chat", openaiChat({ calls: 120 })],
    ["openai-requests", asRequest(openaiChat({ calls: 120 }))],
  ])("keeps the context between target and trigger: %s", (_, text) => {
    const { requests, cuts } = run(compactWhenDue("", CONFIG, limits), text);
    const nothing = run(none, text);
    expect(peakOf({ policy: "", requests, cuts })).toBeLessThan(17_000);
    expect(peakOf(nothing)).toBeGreaterThan(30_000);
    expect(cuts.length).toBeGreaterThan(1);
    for (const { request, freed } of cuts) {
      expect(freed).toBeGreaterThanOrEqual(2000);
      expect(requests[request]!.input).toBeLessThanOrEqual(9000);
    }
  });

  test("costs less when it may cut as soon as that pays, and never more than nothing", () => {
    const late = run(compactWhenDue("", CONFIG, limits), long);
    const soon = run(compactWhenDue("", CONFIG, { ...limits, isCacheAware: true }), long);
    expect(costOf(soon)).toBeLessThan(costOf(late));
    expect(costOf(late)).toBeLessThan(costOf(run(none, long)));
  });

  test("cuts in a pause what it would have cut later, at no cost", () => {
    const paused = timed(long, (line) => line + (line > 80 ? 900 : 0));
    const { cuts } = run(compactWhenDue("", CONFIG, limits), paused);
    expect(cuts[0]).toMatchObject({ request: 41, paidAfter: 0 });
  });

  test("sees the prefix and nothing else: the same cut whatever comes after", () => {
    const policy = compactWhenDue("", CONFIG, limits);
    const [first] = run(policy, long).cuts;
    const upTo = long
      .split("\n")
      .slice(0, 2 * first!.request + 3)
      .join("\n");
    expect(run(policy, `${upTo}\n`).cuts[0]).toMatchObject({ request: first!.request, freed: first!.freed });
  });
});

test("a cut that nothing follows is wasted", () => {
  const text = claudeSession({ calls: 60 });
  const limits = { trigger: 16_000, target: 9000, minimumSavings: 2000, holdOff: 0, isCacheAware: false };
  const [cut] = run(compactWhenDue("", CONFIG, limits), text).cuts;
  const ended = text
    .split("\n")
    .slice(0, 2 * cut!.request + 3)
    .join("\n");
  expect(run(compactWhenDue("", CONFIG, limits), `${ended}\n`).cuts[0]!.paidAfter).toBeUndefined();
});
