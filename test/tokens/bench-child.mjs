// One counter, one process. Arguments: its label, the cache folder, a file with the texts as a JSON array.
// Prints one JSON object: milliseconds to load and to count everything, once; megabytes of memory more; tokens.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { counters } from "./bench-counters.mjs";

const [label, folder, textsFile] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(textsFile, "utf8"));
const megabytesNow = () => process.resourceUsage().maxRSS / 1024;
const require = createRequire(join(folder, "bench.cjs"));

function milliseconds(action) {
  const start = performance.now();
  action();
  return performance.now() - start;
}

const before = megabytesNow();
let count;
const load = milliseconds(() => {
  count = counters.find((counter) => counter.label === label).load(require, folder);
  count("x");
});
const loaded = megabytesNow();
let tokens = 0;
const counting = milliseconds(() => {
  for (const text of texts) tokens += count(text);
});
const counted = megabytesNow();
process.stdout.write(
  JSON.stringify({
    load,
    counting,
    tokens,
    loadedMegabytes: loaded - before,
    countedMegabytes: counted - before,
  }),
);
