// In: src/. Out: dist/, one CommonJS file for the launcher and one for `import "compact-transcript"`.
// Modules behind a dynamic import() stay lazy inside the one file, which is what keeps the start-up short.
import { build } from "esbuild";
import "./build-token-tables.mjs";

await build({
  entryPoints: { cli: "src/cli/main.ts", index: "src/index.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "linked",
  logLevel: "warning",
});
