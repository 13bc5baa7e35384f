// `npm run bench:watch [seconds]`: what `compact watch` costs while it waits. In: 100 sessions, first idle, then with one line a
// second in each. Out: the share of a core that the watcher took.
import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SESSIONS = 100;
const seconds = Number(process.argv[2] ?? 20);
const folder = mkdtempSync(join(tmpdir(), "compact-idle-"));
const program = join(import.meta.dirname, "..", "..", "bin", "compact.js");
const paths = Array.from({ length: SESSIONS }, (_, i) => join(folder, `session-${i}.jsonl`));
const text = "a line of the result of some command\n".repeat(20);
const line = (i) =>
  i % 2 === 0
    ? {
        role: "assistant",
        content: null,
        tool_calls: [{ id: `c${i}`, type: "function", function: { name: "shell", arguments: "{}" } }],
      }
    : { role: "tool", tool_call_id: `c${i - 1}`, content: text };
const append = (i) => {
  for (const path of paths) appendFileSync(path, `${JSON.stringify(line(i))}\n`);
};
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

for (const path of paths) writeFileSync(path, '{"role":"user","content":"Begin."}\n');
for (let i = 0; i < 20; i++) append(i);
const watcher = spawn(process.execPath, [program, "watch", folder, "-q", "-a", join(folder, ".compact")]);
await pause(4000);

/** In seconds of processor time, user and system, all threads; clock ticks are hundredths. */
function used() {
  const fields = readFileSync(`/proc/${watcher.pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function share(each) {
  const before = used();
  for (let second = 0; second < seconds; second++) {
    each(second);
    await pause(1000);
  }
  return `${((100 * (used() - before)) / seconds).toFixed(1)} % of a core`;
}

process.stdout.write(`${SESSIONS} sessions, idle: ${await share(() => {})}\n`);
process.stdout.write(
  `${SESSIONS} sessions, a line a second in each: ${await share((second) => append(20 + second))}\n`,
);
watcher.kill("SIGTERM");
await new Promise((done) => watcher.once("exit", done));
rmSync(folder, { recursive: true });
