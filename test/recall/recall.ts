// In: transcript files. Out: a table, by kind of transcript: which share of what agents used later is still there, by method and
// kept share (V verbatim lines, T typed tokens). A development tool: `npm run recall -- FILE...`; ONLY=mask,ours names methods, SHARES=0.5,0.2 kept shares.

import { methods } from "./methods.ts";
import { type Cut, cutAt, observationText, plainLine } from "./references.ts";
import { loadTranscript } from "./transcripts.ts";
import { typedTokens } from "./typed-tokens.ts";

const SHARES = process.env.SHARES?.split(",").map(Number) ?? [0.44, 0.3, 0.15];
/** Where in a transcript it is cut, as shares of its steps. */
const CUTS = [0.25, 0.5, 0.75];
/** Smaller prefixes need no compaction, and few references say nothing. In characters of observations. */
const MIN_PREFIX = 8000;
const MIN_REFERENCES = 3;

interface Mean {
  sum: number;
  count: number;
}
/** How much of both families is still there, and which share of the characters was really kept. */
interface Cell {
  readonly v: Mean;
  readonly t: Mean;
  readonly kept: Mean;
}
const mean = (): Mean => ({ sum: 0, count: 0 });
const rows = new Map<string, Map<string, Cell>>();
const cutCounts = new Map<string, number>();
const only = process.env.ONLY?.split(",");

for (const path of process.argv.slice(2)) {
  const transcript = loadTranscript(path);
  if (transcript === undefined) continue;
  const steps = Math.max(...transcript.entries.map(({ step }) => step), 0);
  for (const share of CUTS) {
    const cut = cutAt(transcript, Math.floor(steps * share));
    const characters = cut.candidates.reduce((sum, o) => sum + observationText(o).length + 1, 0);
    if (characters < MIN_PREFIX || cut.lines.size + cut.tokens.size < MIN_REFERENCES) continue;
    cutCounts.set(transcript.format, (cutCounts.get(transcript.format) ?? 0) + 1);
    measure(transcript.format, cut, characters);
  }
}
print();

function measure(group: string, cut: Cut, characters: number): void {
  for (const method of methods) {
    if (only !== undefined && !only.includes(method.name)) continue;
    for (const share of SHARES) {
      const kept = method.keep(cut, Math.floor(characters * share), share);
      const lines = new Set(kept.map(plainLine));
      const tokens = typedTokens(kept.join("\n"));
      const columns = rows.get(`${group}\t${method.name}`) ?? new Map<string, Cell>();
      rows.set(`${group}\t${method.name}`, columns);
      const cell = columns.get(String(share)) ?? { v: mean(), t: mean(), kept: mean() };
      columns.set(String(share), cell);
      cell.kept.sum += kept.reduce((sum, line) => sum + line.length + 1, 0) / characters;
      cell.kept.count++;
      add(cell.v, cut.lines, (line) => lines.has(line));
      add(cell.t, cut.tokens, (token) => tokens.has(token));
    }
  }
}

function add(mean: Mean, references: ReadonlySet<string>, isHit: (reference: string) => boolean): void {
  if (references.size === 0) return;
  mean.sum += [...references].filter(isHit).length / references.size;
  mean.count++;
}

function print(): void {
  const format = ({ sum, count }: Mean) => (count === 0 ? "  - " : (sum / count).toFixed(3));
  for (const [group, count] of cutCounts) {
    console.log(`\n${group}: ${count} cuts; V/T at a kept share of ${SHARES.join(", ")}`);
    for (const [key, columns] of rows) {
      const [of, name = ""] = key.split("\t");
      if (of !== group) continue;
      const cells = SHARES.map((share) => columns.get(String(share))!);
      console.log(
        `  ${name.padEnd(14)}${cells.map(({ v, t, kept }) => `${format(v)}/${format(t)} at ${format(kept)}`).join("   ")}   (${cells[0]?.v.count} with lines)`,
      );
    }
  }
}
