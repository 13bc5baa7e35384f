// In: transcripts. Out: a table of how much of what agents used later a selection keeps, with the weights that are used and with weights
// learned from these transcripts, and the learned weights as JSON. A development tool, and for people with a corpus of their own:
//
//     npm run train -- FILE...
//
// Labels come free: a line is needed when the agent used it after a cut (family V). Transcripts are split by the SHA-256 of their file
// names, so that the same file is always on the same side; the learned weights come from one side and are judged on the other, and
// once more on each format with the weights of all the others. The weights in src/scoring/weights.ts are replaced by hand, and
// only where learned ones keep more V on the side that they did not see, at every share and in every format. `last-run.json` beside this
// file is the run by which they were left as they are.
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { FEATURES, WIDTH } from "../../src/scoring/line-features.ts";
import { WEIGHTS } from "../../src/scoring/weights.ts";
import { type Case, casesOf } from "./cases.ts";
import { fitLogistic } from "./logistic.ts";
import { recallOf } from "./recall-of.ts";
import { sampleOf } from "./sample.ts";

const SHARES = [0.44, 0.3, 0.15];
const RIDGE = 0.003;

const used = Float64Array.from(FEATURES, (name) => WEIGHTS[name] ?? 0);
const cases = process.argv.slice(2).flatMap(casesOf);
const formats = [...new Set(cases.map(({ format }) => format))].sort();
const learnFrom = cases.filter(({ file }) => isForTraining(file));
const judgeBy = cases.filter(({ file }) => !isForTraining(file));
const figures: object[] = [];
const learned = fitLogistic(sampleOf(learnFrom), WIDTH, RIDGE);

console.log(
  `${learnFrom.length} cuts to learn from, ${judgeBy.length} to judge by; V/T at ${SHARES.join(", ")} of the tokens`,
);
for (const format of formats) {
  const own = judgeBy.filter((one) => one.format === format);
  const others = sampleOf(cases.filter((one) => one.format !== format));
  console.log(`\n${format}, ${own.length} cuts of the second half`);
  print("used", own, used);
  print("learned from the first half", own, learned);
  if (others.isNeeded.length > 0) print("learned from other formats", own, fitLogistic(others, WIDTH, RIDGE));
}
console.log(`\n${JSON.stringify(provenance(), null, 2)}`);

function isForTraining(file: string): boolean {
  return createHash("sha256").update(basename(file)).digest()[0]! < 128;
}

function print(name: string, own: readonly Case[], weights: Float64Array): void {
  const format = own[0]?.format;
  const cells = SHARES.map((share) => {
    const recalls = own.map((one) => recallOf(one, worthsOf(one, weights), share));
    return `${mean(recalls.map(({ v }) => v))}/${mean(recalls.map(({ t }) => t))}`;
  });
  if (format !== undefined) figures.push({ format, cuts: own.length, weights: name, recall: cells });
  console.log(`  ${name.padEnd(30)}${cells.join("   ")}`);
}

function worthsOf({ observations }: Case, weights: Float64Array): Float64Array[] {
  return observations.map(({ values, isNewest }) =>
    Float64Array.from(isNewest, (is, line) => {
      if (is === 0) return 0;
      let s = 0;
      for (let f = 0; f < WIDTH; f++) s += weights[f]! * values[line * WIDTH + f]!;
      return Math.exp(s);
    }),
  );
}

function mean(values: readonly (number | undefined)[]): string {
  const there = values.filter((value) => value !== undefined);
  return there.length === 0 ? "-" : (there.reduce((sum, value) => sum + value, 0) / there.length).toFixed(3);
}

function provenance() {
  const names = [...new Set(cases.map(({ file }) => basename(file)))].sort();
  return {
    split: "the first byte of the SHA-256 of the file name: below 128 to learn from, the rest to judge by",
    files: names.length,
    filesSha256: createHash("sha256").update(names.join("\n")).digest("hex"),
    shares: SHARES,
    figures,
    ridge: RIDGE,
    weights: Object.fromEntries(FEATURES.map((name, i) => [name, Number(learned[i]!.toFixed(3))])),
  };
}
