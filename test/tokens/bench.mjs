// npm run bench:tokens [-- [--rounds N] [--megabytes N] [--skip-long] file or folder…]
// In: texts, by default this repository's own and the type declarations of its tools. Out: how fast each token counter is
// on them, in one run. Figures are medians of interleaved rounds, each in a new process, because a filter pays its start;
// ratios are to js-tiktoken. The counters are installed into node_modules/.cache when they are first needed.

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { baseline, counters } from "./bench-counters.mjs";
import { material } from "./bench-material.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    megabytes: { type: "string", default: "5" },
    "skip-long": { type: "boolean", default: false },
  },
});
const ownMaterial = [
  "samples",
  "src",
  "test",
  "node_modules/typescript/lib/lib.dom.d.ts",
  "node_modules/@types/node",
];
/** A counter that needs longer for one megabyte, its start included, is stopped. */
const LONG_INPUT_MILLISECONDS = 5000;

const folder = resolve("node_modules/.cache/bench-tokens");
const textsFile = join(folder, "texts.json");
const print = (line) => process.stdout.write(`${line}\n`);

async function prepare() {
  mkdirSync(folder, { recursive: true });
  const versions = counters.flatMap(({ name, version }) => (version ? [[name, version]] : []));
  const manifest = JSON.stringify({ private: true, dependencies: Object.fromEntries(versions) });
  const manifestFile = join(folder, "package.json");
  if (!existsSync(manifestFile) || readFileSync(manifestFile, "utf8") !== manifest) {
    writeFileSync(manifestFile, manifest);
    try {
      execFileSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
    } catch (error) {
      rmSync(manifestFile); // so that the next run tries again
      throw error;
    }
  }

  const bundle = { bundle: true, platform: "node", format: "cjs", logLevel: "warning" };
  await build({
    ...bundle,
    entryPoints: ["src/tokens/index.ts"],
    outfile: join(folder, "compact-tokens.cjs"),
  });
  await build({
    ...bundle,
    entryPoints: ["test/tokens/long-inputs.ts"],
    outfile: join(folder, "long-inputs.cjs"),
  });
  cpSync("dist/tokens", join(folder, "tokens"), { recursive: true });

  // The format of OpenAI's own files, which kitoken reads: a token in base64 and its rank a line.
  const { default: ranks } = await import("js-tiktoken/ranks/o200k_base");
  const tokens = ranks.bpe_ranks.split("\n").flatMap((line) => {
    const [, first, ...encoded] = line.split(" ");
    return encoded.map((token, i) => `${token} ${Number(first) + i}\n`);
  });
  writeFileSync(join(folder, "o200k_base.tiktoken"), tokens.join(""));
}

/** What one process measured, or undefined when it was stopped or crashed. */
function measure({ label }, timeout = undefined) {
  const child = spawnSync(process.execPath, ["test/tokens/bench-child.mjs", label, folder, textsFile], {
    timeout,
    encoding: "utf8",
  });
  return child.status === 0 ? JSON.parse(child.stdout) : undefined;
}

const median = (numbers) => numbers.toSorted((one, other) => one - other)[numbers.length >> 1];

function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    print(
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
        .join("  "),
    );
  }
}

function compareSpeed() {
  const { texts, bytes } = material(
    positionals.length > 0 ? positionals : ownMaterial.filter(existsSync),
    Number(options.megabytes) * 1e6,
  );
  writeFileSync(textsFile, JSON.stringify(texts));
  print(
    `${texts.length} different texts, ${(bytes / 1e6).toFixed(1)} MB; medians of ${options.rounds} rounds, Node ${process.version}\n`,
  );
  const results = new Map(counters.map(({ label }) => [label, []]));
  for (let round = 0; round < Number(options.rounds); round++) {
    for (const counter of counters) {
      const result = measure(counter);
      if (result !== undefined) results.get(counter.label).push(result);
    }
  }
  const of = (label, figure) => median(results.get(label).map((result) => result[figure]));
  const rows = [["", "load ms", "MB/s", "ratio", "memory: loaded", "counted", "tokens"]];
  for (const { label } of counters) {
    if (results.get(label).length === 0) {
      rows.push([label, "failed", "", "", "", "", ""]);
      continue;
    }
    rows.push([
      label,
      of(label, "load").toFixed(1),
      (bytes / 1e3 / of(label, "counting")).toFixed(1),
      (of(baseline, "counting") / of(label, "counting")).toFixed(1),
      `+${of(label, "loadedMegabytes").toFixed(0)} MB`,
      `+${of(label, "countedMegabytes").toFixed(0)} MB`,
      String(of(label, "tokens")),
    ]);
  }
  printTable(rows);
}

function compareLongInputs() {
  const { longInputs } = createRequire(import.meta.url)(join(folder, "long-inputs.cjs"));
  print(`\nOne text of 1 MB, milliseconds (stopped after ${LONG_INPUT_MILLISECONDS / 1000} s)\n`);
  const rows = [["", ...counters.map(({ label }) => label)]];
  for (const [name, makeText] of Object.entries(longInputs)) {
    writeFileSync(textsFile, JSON.stringify([makeText()]));
    const cells = counters.map(
      (counter) => measure(counter, LONG_INPUT_MILLISECONDS)?.counting.toFixed(0) ?? "-",
    );
    rows.push([name, ...cells]);
  }
  printTable(rows);
}

await prepare();
compareSpeed();
if (!options["skip-long"]) compareLongInputs();
