// What is told beside recall.
import { expect, test } from "vitest";
import { Prices } from "../../src/engine/prices.ts";
import { besideOf } from "../../src/evaluate/recall/beside.ts";
import { shownBefore } from "../../src/evaluate/recall/shown.ts";
import { tokenCounter } from "../../src/tokens/index.ts";
import { read, type Step, session } from "./session.ts";

const cat = (path: string): Step => ({ call: { command: `cat ${path}` }, result: "one\ntwo\nthree\nfour" });
const edit = (path: string): Step => ({
  tool: "edit",
  call: { path, old_string: "one", new_string: "1" },
  result: "",
});

/** Everything is kept but what is told. */
function stale(steps: readonly Step[], gone: readonly number[] = []): number | undefined {
  const prefix = read(session([...steps, { call: { command: "ls" }, result: "" }]));
  const { shown } = shownBefore(prefix, new Prices(tokenCounter("chars4")));
  const lines = shown.map(({ lines }, i) => new Uint8Array(lines.length).fill(gone.includes(i) ? 0 : 1));
  return besideOf(prefix, prefix, { references: [], kept: { lines, tokens: 0 }, shown }).stale;
}

test("what was read of a file is no longer true when the file was edited since", () => {
  expect(stale([cat("src/a.js"), cat("src/b.js"), edit("src/a.js")])).toBeCloseTo(0.5, 1);
  expect(stale([edit("src/a.js"), cat("src/a.js"), cat("src/b.js")])).toBe(0);
});

test("what a test said is no longer true after any edit", () => {
  const tested: Step = { call: { command: "npm test" }, result: "one\ntwo\nthree\nfour" };
  expect(stale([tested, cat("src/b.js"), edit("src/a.js")])).toBeCloseTo(0.5, 1);
});

test("only what is kept counts", () => {
  expect(stale([cat("src/a.js"), cat("src/b.js"), edit("src/a.js")], [0])).toBe(0);
});
