// In: transcripts. Out: a table of how much of what agents used later a selection keeps by the weights alone, by the learned trees
// alone and by both, on transcripts that the trees did not see. A development tool, and for people with a corpus of their own:
//
//     npm run train -- [--write] [--without FORMAT] FILE...
//
// Labels come free: a line is needed when the agent used it after a cut (family V). Nothing is judged by trees that saw it. Once the files
// are split in fifths by the SHA-256 of their names, and each fifth is judged by trees of the four others; and once each format is judged by
// trees of all other formats, since a harness and repositories that nobody has seen are what most users have. `--write` puts trees of all
// transcripts into src/scoring/trees.json, with how, on what and with which result they were trained; `--without FORMAT` leaves one out.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { estimate } from "../../src/evaluate/recall/bootstrap.ts";
import { FEATURES, WIDTH } from "../../src/scoring/line-features.ts";
import { LEAVES, QUESTIONS, type Trees } from "../../src/scoring/trees.ts";
import { LEARNED_SHARE } from "../../src/scoring/weights.ts";
import { worthOf } from "../../src/scoring/worth.ts";
import { boostTrees } from "./boost.ts";
import { type Case, casesOf } from "./cases.ts";
import { type FamilyRecall, recallOf } from "./recall-of.ts";
import { sampleOf } from "./sample.ts";

const SHARES = [0.44, 0.3, 0.15];
/** By these a tree would know single files again instead of learning what lines are needed. */
const TELLTALE: readonly string[] = ["lines", "position", "length"];
/** How long ago something was seen is left to the weights: of two equal texts the older one goes first, and trees know only steps. */
const TIMES: readonly string[] = ["age", "fileUse"];
const ASKABLE = FEATURES.flatMap((name, at) => (TELLTALE.includes(name) || TIMES.includes(name) ? [] : [at]));
const DATA = "src/scoring/trees.json";

const FIFTHS = 5;

const { values: flags, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean" }, without: { type: "string" } },
});
const cases = files.flatMap(casesOf);
const formats = [...new Set(cases.map(({ format }) => format))].sort();
const figures: object[] = [];
if (flags.without === undefined) {
  const seen = Array.from({ length: FIFTHS }, (_, fifth) =>
    learn(cases.filter((one) => fifthOf(one) !== fifth)),
  );
  judge("all, by trees of the other files", cases, (one) => seen[fifthOf(one)]!);
  for (const format of formats) {
    const own = cases.filter((one) => one.format === format);
    const others = cases.filter((one) => one.format !== format);
    judge(`${format}, by trees of the other files`, own, (one) => seen[fifthOf(one)]!);
    if (others.length === 0) continue;
    const trees = learn(others);
    judge(`${format}, by trees of the other formats`, own, () => trees);
  }
}
if (flags.write) writeFileSync(DATA, formatted(provenance()));

/** As the formatter has it: lists of numbers in one line. */
function formatted(data: object): string {
  const oneLine = (list: string) => list.replace(/\s+/g, " ").replace("[ ", "[").replace(" ]", "]");
  return `${JSON.stringify(data, null, 2).replace(/\[\n[-\d.,\s]+\]/g, oneLine)}\n`;
}

function fifthOf({ file }: Case): number {
  return createHash("sha256").update(basename(file)).digest()[0]! % FIFTHS;
}

function learn(from: readonly Case[]): Trees {
  return boostTrees(sampleOf(from), WIDTH, ASKABLE);
}

function judge(name: string, own: readonly Case[], by: (one: Case) => Trees): void {
  console.log(`\n${name}, ${own.length} cuts: V/T at ${SHARES.join(", ")} of the tokens`);
  const recalls = [0, 1, LEARNED_SHARE].map((share) => recallsOf(own, by, share));
  const names = ["weights alone", "trees alone", "both"];
  recalls.forEach((recall, i) => {
    const cells = recall.map((row) => `${mean(own, row, "v")}/${mean(own, row, "t")}`);
    console.log(`  ${names[i]!.padEnd(16)}${cells.join("   ")}`);
    figures.push({ on: name, cuts: own.length, by: names[i], recall: cells.join(" ") });
  });
  const overall = leadOf(own, meanOf(recalls[2]!), meanOf(recalls[0]!));
  const leads = SHARES.map((_, at) => leadOf(own, recalls[2]![at]!, recalls[0]![at]!));
  console.log(`  ${"both less weights alone, V (95 %)"}  ${leads.join("   ")}; of all three ${overall}`);
  figures.push({ on: name, by: "both less weights alone, V (95 %)", lead: leads.join(" "), ofAll: overall });
}

/** By share and case. */
function recallsOf(own: readonly Case[], by: (one: Case) => Trees, learnedShare: number): FamilyRecall[][] {
  const worths = own.map((one) => one.observations.map((rows) => worthOf(rows, by(one), learnedShare)));
  return SHARES.map((share) => own.map((one, i) => recallOf(one, worths[i]!, share)));
}

/** The mean over the shares, case by case. */
function meanOf(rows: readonly FamilyRecall[][]): FamilyRecall[] {
  const of = (i: number, family: "v" | "t") =>
    rows.every((row) => row[i]![family] !== undefined)
      ? rows.reduce((sum, row) => sum + row[i]![family]!, 0) / rows.length
      : undefined;
  return rows[0]!.map((_, i) => ({ v: of(i, "v"), t: of(i, "t") }));
}

/** Of transcripts, each the mean of its cuts. */
function mean(own: readonly Case[], row: readonly FamilyRecall[], family: "v" | "t"): string {
  const value = estimate(own.map(({ file }, i) => ({ transcript: file, value: row[i]![family] })));
  return value === undefined ? "-" : value.mean.toFixed(3);
}

function leadOf(own: readonly Case[], ours: readonly FamilyRecall[], other: readonly FamilyRecall[]): string {
  const lead = estimate(
    own.map(({ file }, i) => {
      const [a, b] = [ours[i]!.v, other[i]!.v];
      return { transcript: file, value: a === undefined || b === undefined ? undefined : a - b };
    }),
  );
  return lead === undefined ? "-" : `${signed(lead.mean)} (${signed(lead.low)}..${signed(lead.high)})`;
}

function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(3)}`;
}

function provenance() {
  const from = cases.filter(({ format }) => format !== flags.without);
  const trees = learn(from);
  const names = [...new Set(from.map(({ file }) => basename(file)))].sort();
  return {
    how: "boosted decision trees of depth 3, labels of family V, by test/train/train.ts",
    learnedFrom: {
      cuts: from.length,
      files: names.length,
      filesSha256: createHash("sha256").update(names.join("\n")).digest("hex"),
    },
    result: figures,
    trees: Array.from({ length: trees.leaves.length / LEAVES }, (_, tree) => ({
      ask: Array.from({ length: QUESTIONS }, (_, i) => {
        const at = tree * QUESTIONS + i;
        return `${FEATURES[trees.features[at]!]}>${Number(trees.thresholds[at]!.toPrecision(9))}`;
      }).join(" "),
      say: [...trees.leaves.subarray(tree * LEAVES, (tree + 1) * LEAVES)].map((leaf) =>
        Number(leaf.toFixed(4)),
      ),
    })),
  };
}
