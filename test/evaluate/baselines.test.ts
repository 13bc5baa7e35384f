// The methods that ours is compared with: each gets the same tokens, and spends no more.
import { describe, expect, test } from "vitest";
import { Prices } from "../../src/engine/prices.ts";
import { baselines, ORACLE } from "../../src/evaluate/recall/baselines/index.ts";
import { type Material, rowsOf } from "../../src/evaluate/recall/baselines/material.ts";
import { published } from "../../src/evaluate/recall/baselines/published.ts";
import { type Kept, recallOf } from "../../src/evaluate/recall/kept.ts";
import { shownBefore } from "../../src/evaluate/recall/shown.ts";
import { tokenCounter } from "../../src/tokens/index.ts";
import { askedOf, read, session } from "./session.ts";

const counter = tokenCounter("chars4");
const line = (step: number, i: number) => `value_${step}_${i} = measure(${step}, "parcel number ${i}")`;
const look = (step: number) => ({
  call: { command: `cat part-${step}` },
  result: Array.from({ length: 20 }, (_, i) => (i === 9 ? `ERROR ${step}: broken` : line(step, i))).join(
    "\n",
  ),
});
const steps = Array.from({ length: 16 }, (_, step) => look(step));
const source = session(
  [...steps, ...Array.from({ length: 16 }, () => ({ say: line(2, 5), call: { command: "ls" } }))],
  "Measure parcel 7.",
);

function material(): Material {
  const { references } = askedOf(source);
  const prefix = read(session(steps));
  const { shown } = shownBefore(prefix, new Prices(counter));
  return {
    shown,
    references,
    task: "measure the parcel number 7",
    counter,
    gapTokens: 4,
    rows: rowsOf(shown),
  };
}

const keptLines = ({ lines }: Kept) => lines.map((line) => line.reduce((sum, is) => sum + is, 0));
const keep = (name: string, budget: number) =>
  [...baselines.find((baseline) => baseline.name === name)!.keep(material(), budget)][0]!;

test.each(baselines.map(({ name }) => name))(
  "%s keeps something, and no more tokens than it gets",
  (name) => {
    const { keep } = baselines.find((baseline) => baseline.name === name)!;
    for (const budget of [400, 1500]) {
      for (const kept of keep(material(), budget)) {
        expect(kept.tokens).toBeLessThanOrEqual(budget);
        const lines = keptLines(kept).reduce((sum, count) => sum + count, 0);
        expect(lines + (kept.parts?.size ?? 0)).toBeGreaterThan(0);
      }
    }
  },
);

test("drop-oldest keeps the newest lines", () => {
  const counts = keptLines(keep("drop-oldest", 800));
  expect(counts.at(-1)).toBe(20);
  expect(counts[0]).toBe(0);
});

test("head+tail keeps both ends of every observation, tail one", () => {
  const [first] = keep("head+tail", 1200).lines;
  expect([first![0], first![10], first![19]]).toEqual([1, 0, 1]);
  const [last] = keep("tail", 1200).lines;
  expect([last![0], last![19]]).toEqual([0, 1]);
});

test("grep keeps the lines around errors first", () => {
  const lines = keep("grep -B3 -A8", 700).lines.at(-1)!;
  expect([...lines].map((is, i) => (is === 1 ? i : -1)).filter((i) => i >= 0)).toEqual([
    6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
  ]);
});

test("BM25 keeps the lines that share the rare words of the task", () => {
  const kept = keep("BM25 on the task", 600);
  expect(kept.lines.every((lines) => lines[9] === 0)).toBe(true); // the error line has none of them
});

test("unigram pruning keeps rare words, and hardly a line whole", () => {
  const kept = keep("unigram token pruning", 1500);
  expect(kept.parts!.size).toBeGreaterThan(10);
  expect(recallOf(material().references, kept).v).toBe(0);
});

test("the oracle keeps everything that is asked for in a fraction of the tokens", () => {
  const { shown, references } = material();
  const kept = keep(ORACLE, 0.1 * shown.reduce((sum, { tokens }) => sum + tokens, 0));
  expect(references.length).toBeGreaterThan(0);
  expect(recallOf(references, kept).v).toBe(1);
});

describe("published methods", () => {
  const kept = (name: string) => published.find((method) => method.name === name)!.keep(material());

  test("mask M=10 keeps the newest ten and the first observation", () => {
    expect(keptLines(kept("mask M=10")!)).toEqual([20, 0, 0, 0, 0, ...Array(10).fill(20)]);
  });

  test("clear keep=3 keeps the newest three, and a placeholder costs tokens", () => {
    const { shown } = material();
    const cleared = kept("clear keep=3")!;
    expect(keptLines(cleared)).toEqual([...Array(12).fill(0), 20, 20, 20]);
    expect(cleared.tokens).toBeGreaterThan(shown.slice(-3).reduce((sum, { tokens }) => sum + tokens, 0));
  });

  test("those that begin at a size do nothing below it", () => {
    expect(kept("opencode 40k/20k")).toBeUndefined();
    expect(kept("gemini 50k/30k")).toBeUndefined();
  });
});
