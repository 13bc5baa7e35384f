// `npm run soak [kills]`: kills a writer a thousand times while its file is replaced, and prints what became of the lines.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
const folder = mkdtempSync(join(tmpdir(), "compact-soak-"));
const bundle = join(here, "..", "..", "dist", "soak.cjs");
await build({
  entryPoints: [join(here, "killed-writer.ts")],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "cjs",
  logLevel: "warning",
});
const { killWriters } = (await import(bundle)).default;
const started = performance.now();
const kills = Number(process.argv[2] ?? 1000);
const tally = await killWriters(kills, folder, join(here, "..", "..", "bin", "compact.js"), Math.random);
const seconds = Math.round((performance.now() - started) / 1000);
process.stdout.write(`${JSON.stringify({ ...tally, seconds }, null, 2)}\n`);
if (tally.findings.length === 0) rmSync(folder, { recursive: true });
else process.exitCode = 1;
