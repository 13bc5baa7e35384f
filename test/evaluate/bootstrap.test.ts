// Means and how sure they are: the transcript is the unit.
import { expect, test } from "vitest";
import { estimate } from "../../src/evaluate/recall/bootstrap.ts";

const samples = (values: Readonly<Record<string, readonly (number | undefined)[]>>) =>
  Object.entries(values).flatMap(([transcript, list]) => list.map((value) => ({ transcript, value })));

test("a transcript counts once, however many cuts it has", () => {
  const { mean, cuts, transcripts } = estimate(samples({ long: [1, 1, 1], short: [0] }))!;
  expect({ mean, cuts, transcripts }).toEqual({ mean: 0.5, cuts: 4, transcripts: 2 });
});

test("cuts without a value count nowhere, and without any there is no estimate", () => {
  expect(estimate(samples({ a: [undefined, 1] }))!.cuts).toBe(1);
  expect(estimate(samples({ a: [undefined] }))).toBeUndefined();
});

test("the interval holds the mean, is the same every time, and shrinks with more transcripts", () => {
  const of = (count: number) =>
    estimate(Array.from({ length: count }, (_, i) => ({ transcript: String(i), value: i % 2 })))!;
  const [few, many] = [of(10), of(400)];
  expect(few.low).toBeLessThan(0.5);
  expect(few.high).toBeGreaterThan(0.5);
  expect(many.high - many.low).toBeLessThan(few.high - few.low);
  expect(of(10)).toEqual(few);
});
