// In: src/. Out: dist/: a CommonJS file for the launcher, one for its worker threads, one for `import "compact-transcript"`; what few
// runs need, each in a file of its own; the page of a report; and data. Modules behind a dynamic import() stay lazy inside a file,
// but merely reading a large file costs every command: so libraries that are large stay out of it.
import { copyFileSync } from "node:fs";
import { build } from "esbuild";
import "./build-token-tables.mjs";

/** Commands that have a file of their own, since reading what they bring would cost every run of the filter more than starting Node does. */
const COMMANDS = [
  "actions",
  "diff",
  "evaluate",
  "facts",
  "gc",
  "hook",
  "init",
  "mcp",
  "plan",
  "report",
  "search",
  "watch",
];

/** What is loaded lazily from a file of its own: how it is imported, and which file it becomes. */
const APART = {
  ...Object.fromEntries(COMMANDS.map((name) => [`./${name}.ts`, name])),
  "../hook-work.ts": "hook-work",
  "./html.ts": "report-html",
  "fast-glob": "fast-glob",
  ora: "ora",
};

const apart = {
  name: "apart",
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === "dynamic-import" && path in APART
        ? { path: `./${APART[path]}.js`, external: true }
        : undefined,
    );
  },
};

/** commander starts commands that are programs of their own, of which we have none: without the module every call starts 3 ms sooner. */
const noPrograms = {
  name: "no-programs",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes("/commander/") ? { path, namespace: "no-programs" } : undefined,
    );
    onLoad({ filter: /./, namespace: "no-programs" }, () => ({ contents: "" }));
  },
};

await build({
  entryPoints: {
    cli: "src/cli/main.ts",
    worker: "src/cli/worker.ts",
    index: "src/index.ts",
    ...Object.fromEntries(COMMANDS.map((name) => [name, `src/cli/commands/${name}.ts`])),
    "hook-work": "src/cli/hook-work.ts",
    "watch-worker": "src/watch/worker.ts",
    "report-html": "src/report/html.ts",
    "fast-glob": "fast-glob",
    ora: "ora",
  },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  supported: { "dynamic-import": false }, // require() finds the file beside this one, also from within an executable
  plugins: [apart, noPrograms],
  minifySyntax: true,
  minifyWhitespace: true,
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

// What opencode loads: readable, since it lies among the user's files.
await build({
  entryPoints: { "opencode-plugin": "src/harness/opencode/plugin.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  target: "es2022",
  format: "esm",
  banner: {
    js: "// Put here by `compact init opencode`: older tool output is sent as what compact makes of it. Take it out with --remove.",
  },
  logLevel: "warning",
});

copyFileSync("src/report/report.schema.json", "dist/report.schema.json");
