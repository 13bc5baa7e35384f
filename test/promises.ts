// In: a transcript and settings. Out: its compacted bytes, after holding them against the promises (DESIGN 7) from outside:
// with JSON.parse and plain strings, and none of the code that made them.
import { expect } from "vitest";
import { applyUndo, compact, type Settings } from "../src/index.ts";

const BLOCK_MARKER =
  /^\[compact(?: get [0-9a-f]{8})?: (?:ok|failed|ran|exit -?\d+)(?:, \d+ lines?)?, \d+ tokens?\]$/;
const LINE_GAP = /^\[\.\.\.(\d+)(?:-(\d+))?\]$/;
const CHARACTER_GAP = /\[\.\.\.\d+:\d+-\d+\]/;
const SIDECAR_MARKER = "[compact: copy removed]";

/** @returns the output, so that a case can look further */
export function expectPromisesKept(source: Buffer, settings: Settings): Buffer {
  const before = Buffer.from(source);
  const result = compact(source, settings);
  const output = Buffer.concat([...result.chunks()]);
  expect(source.equals(before), "the input is not changed").toBe(true);

  const again = Buffer.concat([...compact(source, settings).chunks()]);
  expect(again.equals(output), "deterministic").toBe(true);
  const second = Buffer.concat([...compact(output, settings).chunks()]);
  expect(second.toString(), "idempotent").toBe(output.toString());
  const restored = result.undo === undefined ? output : applyUndo(output, result.undo.splices);
  expect(restored.equals(source), "restored byte for byte").toBe(true);
  expect(output.length, "the file does not grow").toBeLessThanOrEqual(source.length);
  const { tokensBefore, tokensAfter } = result.report.context;
  expect(tokensAfter, "the context does not grow").toBeLessThanOrEqual(tokensBefore);
  expectSameLines(source, output);
  return output;
}

/** Line by line: the same JSON, but for strings that were cut and are an ordered subset of what they were. */
function expectSameLines(source: Buffer, output: Buffer): void {
  const before = source.toString("latin1").split("\n");
  const after = output.toString("latin1").split("\n");
  expect(after.length, "number of lines").toBe(before.length);
  before.forEach((line, i) => {
    if (line === after[i]) return;
    const [was, is] = [line, after[i]!].map((text) =>
      JSON.parse(
        Buffer.from(text, "latin1")
          .toString()
          .replace(/^\ufeff/, ""),
      ),
    );
    expectSameValue(was, is);
  });
}

function expectSameValue(was: unknown, is: unknown): void {
  if (typeof was === "string" && typeof is === "string") {
    if (was !== is) expectCut(was, is);
    return;
  }
  expect(typeof is).toBe(typeof was);
  if (typeof was !== "object" || was === null) {
    expect(is).toBe(was);
    return;
  }
  expect(Object.keys(is as object)).toEqual(Object.keys(was));
  for (const [key, value] of Object.entries(was))
    expectSameValue(value, (is as Record<string, unknown>)[key]);
}

function expectCut(was: string, is: string): void {
  if (is === SIDECAR_MARKER) return;
  const nested = [was, is].map(parseObject);
  if (nested[0] !== undefined && nested[1] !== undefined) {
    expectSameValue(nested[0], nested[1]);
    return;
  }
  const [marker, ...kept] = is.split("\n");
  expect(marker, "a cut block begins with a marker").toMatch(BLOCK_MARKER);
  if (kept.length === 0) return;
  // What was cut before may be replaced whole only, so a cut of this run names lines of this text.
  const lines = was.split("\n");
  let at = 0;
  for (const line of kept) {
    const gap = LINE_GAP.exec(line);
    if (gap !== null) {
      at += Number(gap[2] ?? gap[1]) - Number(gap[1]) + 1;
      continue;
    }
    const original = lines[at++]!;
    if (line === original) continue;
    const [head = "", tail = ""] = line.split(CHARACTER_GAP);
    expect(original.length, "only long lines are cut inside").toBeGreaterThan(2000);
    expect(head.length >= 200 && tail.length >= 200, "both ends stay").toBe(true);
    expect(original.startsWith(head) && original.endsWith(tail), "both ends are verbatim").toBe(true);
    expect((head + tail).isWellFormed() || !original.isWellFormed(), "no pair is split").toBe(true);
  }
  expect(at, "every line is accounted for").toBe(lines.length);
}

function parseObject(text: string): unknown {
  if (!text.startsWith("{")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
