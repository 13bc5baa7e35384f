// In: transcript files. Out: how many tokens a second are scored, and how many are scored and selected from, with prices known. A
// development tool: `npm run bench:scoring -- FILE...`. The first round is cold.
import { readFileSync } from "node:fs";
import { resolve } from "../../src/config/resolve.ts";
import { Cutters } from "../../src/engine/block-cutter.ts";
import { contextTokens } from "../../src/engine/limits.ts";
import { Prices } from "../../src/engine/prices.ts";
import { collectProposals } from "../../src/engine/proposals.ts";
import { protect } from "../../src/engine/protection.ts";
import { detectFormat, readTranscripts } from "../../src/formats/index.ts";
import { frameLines } from "../../src/jsonl/frame.ts";
import { scoreLines } from "../../src/scoring/index.ts";
import { tokenCounter } from "../../src/tokens/index.ts";

const ROUNDS = 4;

const read = process.argv.slice(2).flatMap((path) => {
  const source = readFileSync(path);
  const lines = frameLines(source);
  const format = detectFormat(lines)?.format;
  return format === undefined ? [] : [...readTranscripts(source, lines, format, { revive: "all" })];
});
const priced = read.map((transcript) => {
  const prices = new Prices(tokenCounter("o200k_base"));
  return { transcript, prices, tokens: contextTokens(transcript, prices) };
});
const tokens = priced.reduce((sum, one) => sum + one.tokens, 0);
const { steps } = resolve({ stages: [["delete-lines", {}]] });

for (let round = 1; round <= ROUNDS; round++) {
  const scoring = seconds(() => {
    for (const { transcript } of priced) scoreLines(transcript);
  });
  const both = seconds(() => {
    for (const { transcript, prices } of priced) {
      const protection = protect(transcript, [], prices);
      collectProposals(transcript, steps, {
        prices,
        protection,
        cutters: new Cutters(transcript, prices, true),
      });
    }
  });
  const rate = (time: number) => `${(tokens / time / 1e6).toFixed(1)} million tokens a second`;
  console.log(`round ${round}: scoring ${rate(scoring)}, scoring and selection ${rate(both)}`);
}

/** Of processor time: the machine may have other work. */
function seconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
