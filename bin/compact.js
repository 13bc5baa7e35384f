#!/usr/bin/env node
// In: the process. Out: its exit code. The program itself is dist/cli.js, which `npm run build` makes.
"use strict";

const { createReadStream, fstatSync } = require("node:fs");
const { setFlagsFromString } = require("node:v8");

// Most runs end within a fifth of a second. V8 would spend that optimising functions of which few are called again: here a function has
// to run 15 times as long before it is. A 4 MB session takes a third less time, large files as much as before. V8 names these
// limits otherwise with each generation, and says so on stderr when it does not know a name: by its major version.
const OPTIMISE_LATER = {
  11: ["--interrupt-budget=1000000"],
  12: ["--invocation-count-for-turbofan=45000", "--invocation-count-for-osr=8000"],
  13: [
    "--invocation-count-for-turbofan=45000",
    "--invocation-count-for-osr=8000",
    "--invocation-count-for-maglev=4000",
  ],
};
for (const flag of OPTIMISE_LATER[Number.parseInt(process.versions.v8, 10)] ?? []) setFlagsFromString(flag);

const args = process.argv.slice(2);
// An agent waits for its hooks: they have a program of their own, which loads in a moment.
const isHook = args[0] === "hook" && !["--now", "-h", "--help"].some((flag) => args.includes(flag));
const main = isHook ? require("../dist/hook.js").runHook : require("../dist/cli.js").main;

const interruption = new AbortController();
const interrupt = () => interruption.abort();
process.on("SIGINT", interrupt);

main({
  args,
  cwd: process.cwd(),
  env: process.env,
  get stdin() {
    // Node takes a directory for an empty stream; reading it says what it is.
    return fstatSync(0).isDirectory() ? createReadStream("", { fd: 0 }) : process.stdin;
  },
  // Opened when they are used: opening them costs a hook more than its own work.
  get stdout() {
    return process.stdout;
  },
  get stderr() {
    return process.stderr;
  },
  interrupted: interruption.signal,
  unguarded(work) {
    process.off("SIGINT", interrupt);
    try {
      return work();
    } finally {
      process.on("SIGINT", interrupt);
    }
  },
}).then((code) => {
  process.exitCode = code;
});
