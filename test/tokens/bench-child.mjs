// One counter, one process. Arguments: its label, the cache folder, a file with the texts as a JSON array, "once" to
// leave the second pass out.
// Prints one JSON object: milliseconds to load and to count everything once and once more, megabytes of memory, tokens.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { counters } from "./bench-counters.mjs";

const [label, folder, textsFile, once] = process.argv.slice(2);
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
const countAll = () => {
  tokens = 0;
  for (const text of texts) tokens += count(text);
};
const first = milliseconds(countAll);
const counted = megabytesNow();
const again = once ? 0 : milliseconds(countAll);
process.stdout.write(
  JSON.stringify({
    load,
    first,
    again,
    tokens,
    loadedMegabytes: loaded - before,
    countedMegabytes: counted - before,
  }),
);
