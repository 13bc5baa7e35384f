// In: src/. Out: dist/, one CommonJS file for the launcher, one for `import "compact-transcript"`, and one for `compact mcp`, whose protocol
// library is larger than all the rest: merely reading it would cost every other command a tenth of its start-up.
// Modules behind a dynamic import() stay lazy inside the one file, which is what keeps the start-up short.
import { build } from "esbuild";
import "./build-token-tables.mjs";

/** Leaves one module out of the file that loads it lazily. */
const mcpApart = {
  name: "mcp-apart",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/mcp\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./mcp.js", external: true } : undefined,
    );
  },
};

await build({
  entryPoints: { cli: "src/cli/main.ts", index: "src/index.ts", mcp: "src/cli/commands/mcp.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  supported: { "dynamic-import": false }, // require() finds the file beside this one, also from within an executable
  plugins: [mcpApart],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "linked",
  logLevel: "warning",
});
