// When a cut pays: against the published formula, and against requests priced one by one.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PromptCut, savedWithin, turnsUntilPaid } from "../../src/cost/break-even.ts";
import { type CachePrices, cachePrices } from "../../src/cost/cache-prices.ts";
import { priceRequest } from "../../src/cost/request.ts";

const [anthropic, anthropicHour, openai] = cachePrices as [CachePrices, CachePrices, CachePrices];
const whole = (tokens: number, share: number): PromptCut => ({
  tokensBeforeEdit: 0,
  tokensBehindEdit: tokens,
  freed: tokens * share,
});

describe("a cut at the very beginning", () => {
  test.each([
    [1 / 3, 22, 37],
    [0.5, 11, 18],
    [0.8, 2, 4],
    [0.92, 0, 1],
  ])(
    "that frees %f of the prompt is paid for after %i turns, with an hour's cache after %i",
    (share, five, hour) => {
      const cut = whole(120_000, share);
      expect([turnsUntilPaid(cut, anthropic, true), turnsUntilPaid(cut, anthropicHour, true)]).toEqual([
        five,
        hour,
      ]);
    },
  );
});

describe("turns until paid", () => {
  test("are none when the cache is cold", () => {
    expect(turnsUntilPaid(whole(120_000, 0.01), anthropic, false)).toBe(0);
  });

  test("are fewer the later the first edit is", () => {
    const cut = (before: number) => ({
      tokensBeforeEdit: before,
      tokensBehindEdit: 100_000 - before,
      freed: 5000,
    });
    const turns = [0, 50_000, 90_000].map((before) => turnsUntilPaid(cut(before), anthropic, true));
    expect(turns).toEqual([218, 103, 11]);
  });

  test("never come when nothing is freed, nor when what is left is too short to be cached", () => {
    const short = { tokensBeforeEdit: 1000, tokensBehindEdit: 100, freed: 90 };
    expect(turnsUntilPaid(whole(1000, 0), anthropic, true)).toBe(Number.POSITIVE_INFINITY);
    expect(turnsUntilPaid(short, anthropic, true)).toBe(Number.POSITIVE_INFINITY);
  });

  test("are fewer where writing costs nothing extra", () => {
    expect(turnsUntilPaid(whole(120_000, 0.5), openai, true)).toBe(8);
  });
});

const cuts = fc
  .record({
    before: fc.integer({ min: 0, max: 200_000 }),
    behind: fc.integer({ min: 10, max: 200_000 }),
    share: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
  })
  .map(({ before, behind, share }) => ({
    tokensBeforeEdit: before,
    tokensBehindEdit: behind,
    freed: Math.ceil(behind * share),
  }));

test("agree with requests that are priced one by one", () => {
  fc.assert(
    fc.property(cuts, fc.constantFrom(...cachePrices), (cut, prices) => {
      const before = cut.tokensBeforeEdit + cut.tokensBehindEdit;
      const after = before - cut.freed;
      const costs = (turns: number) => {
        const kept = priceRequest(before, before, prices).cost * (turns + 1);
        const next = priceRequest(after, cut.tokensBeforeEdit, prices).cost;
        return { kept, cut: next + turns * priceRequest(after, after, prices).cost };
      };
      const turns = turnsUntilPaid(cut, prices, true);
      if (Number.isFinite(turns)) {
        expect(costs(turns).cut).toBeLessThanOrEqual(costs(turns).kept + 0.001);
        if (turns > 0) expect(costs(turns - 1).cut).toBeGreaterThan(costs(turns - 1).kept - 0.001);
      }
      expect(savedWithin(7, cut, prices)).toBeCloseTo(costs(7).kept - costs(7).cut, 3);
    }),
  );
});

describe("a request", () => {
  test("below the minimum is neither read from the cache nor written into it", () => {
    expect(priceRequest(1000, 900, anthropic)).toEqual({
      input: 1000,
      cacheRead: 0,
      cacheWrite: 0,
      uncached: 1000,
      cost: 1000,
    });
  });

  test("costs what it reads and what it writes", () => {
    expect(priceRequest(10_000, 8000, anthropic)).toEqual({
      input: 10_000,
      cacheRead: 8000,
      cacheWrite: 2000,
      uncached: 0,
      cost: 800 + 2500,
    });
  });
});
