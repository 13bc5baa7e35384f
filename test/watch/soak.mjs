// `npm run soak [kills] [seconds]`: kills a writer a thousand times while `compact` replaces its file, and lets agents write for minutes
// below `compact watch`; prints what became of the lines.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
const program = join(here, "..", "..", "bin", "compact.js");
const [kills = 1000, seconds = 180] = process.argv.slice(2).map(Number);

async function bundled(name) {
  const outfile = join(here, "..", "..", "dist", `${name}.cjs`);
  const options = { bundle: true, platform: "node", format: "cjs", logLevel: "warning" };
  await build({ entryPoints: [join(here, `${name}.ts`)], outfile, ...options });
  return (await import(outfile)).default;
}

async function report(run) {
  const folder = mkdtempSync(join(tmpdir(), "compact-soak-"));
  const started = performance.now();
  const tally = await run(folder);
  const took = Math.round((performance.now() - started) / 1000);
  process.stdout.write(`${JSON.stringify({ ...tally, took }, null, 2)}\n`);
  if (tally.findings.length === 0) rmSync(folder, { recursive: true });
  else process.exitCode = 1;
}

const { killWriters } = await bundled("killed-writer");
const { soak } = await bundled("watched-agents");
if (kills > 0) await report((folder) => killWriters(kills, folder, program, Math.random));
if (seconds > 0) {
  await report((folder) => soak({ folder, program, seconds, sessions: 4, random: Math.random }));
}
