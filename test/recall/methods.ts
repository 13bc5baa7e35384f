// In: a cut and a number of characters. Out: which lines each method keeps of the observations it may cut. Every line costs its
// characters and one; every gap costs what a short marker does.
import { presets } from "../../src/config/presets.ts";
import { resolve } from "../../src/config/resolve.ts";
import { Cutters } from "../../src/engine/block-cutter.ts";
import { choose } from "../../src/engine/choose.ts";
import { Prices } from "../../src/engine/prices.ts";
import { collectProposals } from "../../src/engine/proposals.ts";
import { protect } from "../../src/engine/protection.ts";
import { bestPath, type PathBlock, scoreLines } from "../../src/scoring/index.ts";
import { tokenCounter } from "../../src/tokens/index.ts";
import { type Cut, observationText } from "./references.ts";
import { typedTokens } from "./typed-tokens.ts";

/** What each start of a gap is charged, in characters: as in the experiments that the weights come from. */
const GAP = 12;

const PIPELINE = presets.find(({ name }) => name === "balanced")!.stages;

export type Kept = readonly string[];
export interface Method {
  readonly name: string;
  /** @param share what `budget` is of all characters that may go */
  keep(cut: Cut, budget: number, share: number): Kept;
}

interface TextLines {
  readonly lines: readonly string[];
}

function textsOf(cut: Cut): TextLines[] {
  return cut.candidates.map((observation) => ({ lines: observationText(observation).split("\n") }));
}
const cost = (line: string) => line.length + 1;
const costOf = ({ lines }: TextLines) => lines.reduce((sum, line) => sum + cost(line), 0);

export const methods: readonly Method[] = [
  { name: "drop-oldest", keep: (cut, budget) => dropOldest(textsOf(cut), budget) },
  { name: "mask", keep: (cut, budget) => mask(textsOf(cut), budget) },
  { name: "head+tail", keep: (cut, budget) => headAndTail(textsOf(cut), budget) },
  { name: "recent+rare", keep: (cut, budget) => recentAndRare(textsOf(cut), budget) },
  { name: "ours", keep: ours },
  { name: "pipeline", keep: pipeline },
];

/** Newest lines first, until the budget is spent. */
function dropOldest(texts: readonly TextLines[], budget: number): Kept {
  const kept: string[] = [];
  let left = budget - GAP;
  for (const { lines } of [...texts].reverse()) {
    for (const line of [...lines].reverse()) {
      left -= cost(line);
      if (left < 0) return kept;
      kept.push(line);
    }
  }
  return kept;
}

/** Newest whole observations; each masked one is charged a gap. */
function mask(texts: readonly TextLines[], budget: number): Kept {
  let left = budget - texts.length * GAP;
  const kept: string[] = [];
  for (const text of [...texts].reverse()) {
    left -= costOf(text) - GAP;
    if (left < 0) break;
    kept.push(...text.lines);
  }
  return kept;
}

/** The same number of characters at each end of every observation: the largest that the budget allows. */
function headAndTail(texts: readonly TextLines[], budget: number): Kept {
  const keepEnds = (size: number) => {
    const kept: string[] = [];
    let spent = 0;
    for (const text of texts) {
      if (costOf(text) <= 2 * size) {
        kept.push(...text.lines);
        spent += costOf(text);
        continue;
      }
      const takeEnd = (lines: readonly string[]) => {
        const taken: string[] = [];
        let room = size;
        for (const line of lines) {
          room -= cost(line);
          if (room < 0) break;
          taken.push(line);
        }
        return taken;
      };
      const ends = [...takeEnd(text.lines), ...takeEnd([...text.lines].reverse())];
      kept.push(...ends);
      spent += GAP + ends.reduce((sum, line) => sum + cost(line), 0);
    }
    return { kept, spent };
  };
  let low = 0;
  let high = budget;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (keepEnds(middle).spent <= budget) low = middle;
    else high = middle;
  }
  return keepEnds(low).kept;
}

/** Seven tenths for the newest observations, the rest for the lines of older ones with the rarest tokens. */
function recentAndRare(texts: readonly TextLines[], budget: number): Kept {
  let left = 0.7 * budget;
  let first = texts.length;
  const kept: string[] = [];
  while (first > 0 && costOf(texts[first - 1]!) <= left) {
    first--;
    left -= costOf(texts[first]!);
    kept.push(...texts[first]!.lines);
  }
  left += 0.3 * budget;
  const older = [...new Set(texts.slice(0, first).flatMap(({ lines }) => lines))];
  const frequency = new Map<string, number>();
  const tokens = older.map((line) => [...typedTokens(line)]);
  for (const token of tokens.flat()) frequency.set(token, (frequency.get(token) ?? 0) + 1);
  const ranked = older
    .map((line, i) => ({
      line,
      value: tokens[i]!.reduce((sum, token) => sum + 1 / frequency.get(token)!, 0) / (cost(line) + GAP),
    }))
    .sort((a, b) => b.value - a.value);
  for (const { line } of ranked) {
    if (left - cost(line) - GAP < 0) continue;
    left -= cost(line) + GAP;
    kept.push(line);
  }
  return kept;
}

/** Our worth and our path, charged as the other methods are. */
function ours(cut: Cut, budget: number): Kept {
  const worths = scoreLines(cut.prefix);
  const blocks = cut.candidates.flatMap(({ blocks }) => blocks).filter(({ text }) => text !== undefined);
  const texts = blocks.map(({ text = "" }) => text.split("\n"));
  const pathBlocks = blocks.map(
    (block, i): PathBlock => ({
      worth: worths.get(block)!,
      cost: Float64Array.from(texts[i]!, cost),
      fixed: new Uint8Array(texts[i]!.length),
      firstGapCost: 0,
      gapCost: GAP,
    }),
  );
  let low = 0;
  let high = 1e6;
  for (let i = 0; i < 50; i++) {
    const middle = low === 0 ? high / 16 : Math.sqrt(low * high);
    if (pathBlocks.reduce((sum, block) => sum + spent(block, bestPath(block, middle)), 0) > budget)
      low = middle;
    else high = middle;
  }
  const kept = pathBlocks.map((block) => bestPath(block, high));
  return texts.flatMap((lines, i) => lines.filter((_, line) => kept[i]![line] === 1));
}

/** Lines that stay and gaps between them. */
function spent({ cost, gapCost }: PathBlock, keeps: Uint8Array): number {
  return keeps.reduce(
    (sum, keep, i) => sum + (keep === 1 ? cost[i]! : i === 0 || keeps[i - 1] === 1 ? gapCost : 0),
    0,
  );
}

/** The stages of the default preset as the program runs them: in tokens, whole markers charged, protected text spared. */
function pipeline({ prefix, candidates }: Cut, _budget: number, share: number): Kept {
  const prices = new Prices(tokenCounter("o200k_base"));
  const protection = protect(prefix, [], prices);
  const cutters = new Cutters(prefix, prices, true);
  const { steps } = resolve({
    stages: PIPELINE.map(([name, options]) => [name, name === "delete-lines" ? { keep: share } : options]),
  });
  const proposals = collectProposals(prefix, steps, { prices, protection, cutters });
  const { cuts } = choose(prefix, proposals, protection, prices, { budget: undefined, cutters });
  const texts = new Map(cuts.map(({ block, text }) => [block, text]));
  return candidates
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (texts.get(block) ?? block.text ?? "").split("\n"));
}
