// In: transcript files. Out: a table, by format and preset, of what compaction does to them and whether its promises hold on
// real input: no crash, restored byte for byte, a second run changes nothing. For people; tests have their own fixtures.
//   npm run build && node test/try-corpus.mjs [--presets a,b] FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";

const { compact, presets, applyUndo } = createRequire(import.meta.url)("../dist/index.js");

const args = process.argv.slice(2);
const named = args[0] === "--presets" ? args.splice(0, 2)[1].split(",") : presets.map(({ name }) => name);
const rows = new Map();
const failures = [];
for (const path of args) {
  const source = readFileSync(path);
  for (const preset of named) {
    try {
      tryOne(path, source, preset);
    } catch (error) {
      failures.push(`${path} ${preset}: ${error.message}`);
    }
  }
}

function tryOne(path, source, preset) {
  const start = performance.now();
  const first = compact(source, { preset });
  const elapsed = performance.now() - start;
  const output = Buffer.concat([...first.chunks()]);
  const restored = first.undo === undefined ? output : applyUndo(output, first.undo.splices);
  if (!restored.equals(source)) failures.push(`${path} ${preset}: not restored`);
  const second = compact(output, { preset });
  if (!Buffer.concat([...second.chunks()]).equals(output))
    failures.push(`${path} ${preset}: a second run changes it`);
  if (output.length > source.length) failures.push(`${path} ${preset}: grew`);
  const { context, status } = first.report;
  const key = `${first.report.format ?? status} ${preset}`;
  const row = rows.get(key) ?? {
    files: 0,
    "tokens before": 0,
    after: 0,
    "bytes before": 0,
    "bytes after": 0,
    ms: 0,
  };
  row.files++;
  row["tokens before"] += context.tokensBefore;
  row.after += context.tokensAfter;
  row["bytes before"] += source.length;
  row["bytes after"] += output.length;
  row.ms += elapsed;
  rows.set(key, row);
}

for (const row of rows.values()) {
  row.tokens = `${(100 * (row.after / row["tokens before"] - 1)).toFixed(1)} %`;
  row["MB/s"] = (row["bytes before"] / 1e3 / row.ms).toFixed(1);
  row.ms = Math.round(row.ms);
}
process.stdout.write("");
console.table(Object.fromEntries([...rows].sort()));
for (const failure of failures) console.log(failure);
console.log(`${failures.length} failures`);
process.exitCode = failures.length === 0 ? 0 : 1;
