// In: src/. Out: dist/, one CommonJS file for the launcher, one for its worker threads, and one for `import "compact-transcript"`.
// Modules behind a dynamic import() stay lazy inside the one file, which is what keeps the start-up short.
import { copyFileSync } from "node:fs";
import { build } from "esbuild";
import "./build-token-tables.mjs";

await build({
  entryPoints: { cli: "src/cli/main.ts", worker: "src/cli/worker.ts", index: "src/index.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minifySyntax: true,
  legalComments: "linked",
  logLevel: "warning",
});

// What a page carries in itself: no module of Node, one script and one style.
await build({
  entryPoints: [
    { in: "src/report/page/page.ts", out: "report-page" },
    { in: "src/report/page/page.css", out: "report-page" },
  ],
  outdir: "dist",
  bundle: true,
  platform: "browser",
  target: "es2022",
  format: "iife",
  minify: true,
  charset: "ascii",
  logLevel: "warning",
});

copyFileSync("src/report/report.schema.json", "dist/report.schema.json");
