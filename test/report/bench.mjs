// In: `npm run bench:report [files] [rounds]`. Out: what a report over many generated transcripts takes: processor time, memory as
// the number of files grows, and how much faster two threads are than one. Prints figures; asserts nothing.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const program = join(root, "bin", "compact.js");
const [files = 10_000, rounds = 3] = process.argv.slice(2).map(Number);

const folder = mkdtempSync(join(tmpdir(), "compact-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true }));

/** Each differs from the others in its words, so that no cache helps more than it would in the field. */
function generate(count) {
  const samples = ["pi", "openai-chat", "anthropic-messages", "openai-responses"].map((name) =>
    readFileSync(join(root, "samples", `${name}.jsonl`), "utf8"),
  );
  let bytes = 0;
  for (let i = 0; i < count; i++) {
    const name = join(folder, "runs", String(i % 100), `${i}.jsonl`);
    if (i < 100) mkdirSync(join(folder, "runs", String(i)), { recursive: true });
    const text = samples[i % samples.length].replaceAll("parcel", `unit${i.toString(36)}`);
    writeFileSync(name, text);
    bytes += statSync(name).size;
  }
  return bytes;
}

/** Peak memory is that of the process with its threads. */
function run(args) {
  const time = ["/usr/bin/time", "-f", "%e %U %S %M", process.execPath, program, ...args];
  return new Promise((done, fail) => {
    const child = spawn(time[0], time.slice(1), { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    let text = "";
    child.stderr.on("data", (chunk) => {
      text += chunk;
    });
    child.on("error", fail);
    child.on("close", () => {
      const [wall, user, system, kilobytes] = text.trim().split("\n").at(-1).split(" ").map(Number);
      done({ wall, processor: user + system, megabytes: kilobytes / 1024 });
    });
  });
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const say = (line) => process.stdout.write(`${line}\n`);

const bytes = generate(files);
say(`${files} transcripts, ${(bytes / 1e6).toFixed(0)} MB`);

for (const share of [0.1, 0.3, 1]) {
  const glob = share === 1 ? "runs/**/*.jsonl" : `runs/{${[...Array(100 * share).keys()].join(",")}}/*.jsonl`;
  const { wall, processor, megabytes } = await run(["report", glob, "--report-file", `${share}.json`]);
  say(
    `${files * share} files: ${wall.toFixed(1)} s, ${processor.toFixed(1)} s of processor, ${megabytes.toFixed(0)} MB at most`,
  );
}

const times = { 1: [], 2: [] };
for (let round = 0; round < rounds; round++) {
  for (const jobs of [1, 2]) {
    const { wall, processor } = await run([
      "report",
      "runs/*[05]/*.jsonl",
      "--jobs",
      String(jobs),
      "--report",
      "none",
    ]);
    times[jobs].push({ wall, processor });
    say(`round ${round + 1}, --jobs ${jobs}: ${wall.toFixed(2)} s, ${processor.toFixed(2)} s of processor`);
  }
}
const wall = (jobs) => median(times[jobs].map((time) => time.wall));
say(`two threads are ${(wall(1) / wall(2)).toFixed(2)} times as fast as one (medians of ${rounds})`);
