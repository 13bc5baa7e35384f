// In: nothing. Out: how long an agent waits for a hook, beside what starting Node costs by itself: medians of 20 runs each, taken in
// turns, so that whatever else the machine does touches all alike. `npm run bench:hook`, after a build.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const RUNS = 20;
/** For the work that a hook leaves behind, so that it does not slow down the next one. In milliseconds. */
const REST = 1000;

const root = join(import.meta.dirname, "..", "..");
const home = mkdtempSync(join(tmpdir(), "compact-latency-"));
const transcript = join(home, ".claude", "projects", "p", "s.jsonl");
mkdirSync(dirname(transcript), { recursive: true });
copyFileSync(join(root, "samples", "claude-code.jsonl"), transcript);

const hook = (event, source) => ({
  args: [join(root, "bin", "compact.js"), "hook", "claude-code"],
  input: JSON.stringify({ hook_event_name: event, source, cwd: home, transcript_path: transcript }),
});
const cases = [
  { name: "node -e 0", args: ["-e", "0"], input: "" },
  { name: "hook, session resumed", ...hook("SessionStart", "resume") },
  { name: "hook, turn ended", ...hook("Stop", ""), rest: REST },
];

const times = new Map(cases.map(({ name }) => [name, []]));
for (let run = 0; run < RUNS; run++) {
  for (const { name, args, input, rest = 0 } of cases) {
    const begin = performance.now();
    const { status } = spawnSync(process.execPath, args, {
      input,
      env: { HOME: home, PATH: process.env.PATH },
    });
    times.get(name).push(performance.now() - begin);
    if (status !== 0) throw new Error(`${name} ended with ${status}`);
    await pause(rest);
  }
}
rmSync(home, { recursive: true, force: true });

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const base = median(times.get("node -e 0"));
for (const [name, values] of times) {
  const ratio = (median(values) / base).toFixed(2);
  process.stdout.write(
    `${name.padEnd(24)} ${median(values).toFixed(0).padStart(4)} ms  ${ratio} x node -e 0\n`,
  );
}
