// When a session is cut, and how far: the rule that watching and replaying share.
import { describe, expect, test } from "vitest";
import { type CutLimits, cutOrder } from "../../src/cost/cut-order.ts";

const LIMITS: CutLimits = { trigger: 160_000, target: 90_000, minimumSavings: 20_000, isCacheAware: false };
const AWARE: CutLimits = { ...LIMITS, isCacheAware: true };
const at = (limits: CutLimits, tokens: number, { sizeThen = 0, isCold = false } = {}) =>
  cutOrder(limits, { tokens, sizeThen, isCold });

describe("a session whose cache is warm", () => {
  test("is left alone below the trigger, and cut down to the target from there on", () => {
    expect(at(LIMITS, 159_999)).toBeUndefined();
    expect(at(LIMITS, 160_000)).toMatchObject({
      occasion: "window",
      target: 90_000,
      leastFreed: 20_000,
      hasToPay: false,
    });
  });

  test("is not tried again before it has grown by what a cut has to free", () => {
    expect(at(LIMITS, 179_999, { sizeThen: 160_000 })).toBeUndefined();
    expect(at(LIMITS, 180_000, { sizeThen: 160_000 })?.occasion).toBe("window");
  });
});

describe("a session whose cache is cold", () => {
  test("is cut before the trigger, as soon as the target leaves enough to free", () => {
    expect(at(LIMITS, 109_999, { isCold: true })).toBeUndefined();
    expect(at(LIMITS, 110_000, { isCold: true })).toMatchObject({ occasion: "cold", target: 90_000 });
  });

  test("is not cut twice in the same pause", () => {
    expect(at(LIMITS, 150_000, { isCold: true, sizeThen: 150_000 })).toBeUndefined();
  });
});

describe("those who count the cost", () => {
  test("cut as soon as it pays, as far as the stages go, and half the savings are enough", () => {
    expect(at(AWARE, 39_999)).toBeUndefined();
    expect(at(AWARE, 40_000)).toMatchObject({
      occasion: "pays",
      target: undefined,
      leastFreed: 10_000,
      hasToPay: true,
    });
  });

  test("ask for less still where the cache is cold, since a cut costs nothing there", () => {
    const order = at(AWARE, 46_000, { isCold: true, sizeThen: 41_000 });
    expect(order).toMatchObject({ occasion: "cold", leastFreed: 5000, hasToPay: false });
    expect(at(AWARE, 46_000, { sizeThen: 41_000 })).toBeUndefined();
  });

  test("are cut at the trigger whether it pays or not", () => {
    expect(at(AWARE, 160_000)).toMatchObject({ occasion: "window", hasToPay: false, target: 90_000 });
  });
});
