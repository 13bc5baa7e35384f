// In: `npm run bench:report [files] [rounds]`. Out: what a report over many generated transcripts takes: processor time, memory as
// the number of files grows, and how much faster two threads are than one. Prints figures; asserts nothing.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
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

/** Ticks of the processor that each thread of a process has had so far: Linux counts 100 a second. */
function threadSeconds(pid) {
  const seconds = {};
  for (const id of readdirSync(`/proc/${pid}/task`)) {
    const fields = readFileSync(`/proc/${pid}/task/${id}/stat`, "utf8").split(") ")[1].split(" ");
    seconds[id] = (Number(fields[11]) + Number(fields[12])) / 100;
  }
  return seconds;
}

/**
 * Peak memory is that of the process with its threads. The busiest thread is what the run would take on a machine that does nothing
 * else and has a core for each.
 */
function run(args) {
  return new Promise((done, fail) => {
    const begin = performance.now();
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: "ignore" });
    const threads = {};
    let megabytes = 0;
    const watch = setInterval(() => {
      try {
        Object.assign(threads, threadSeconds(child.pid));
        const peak = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"));
        megabytes = Math.max(megabytes, Number(peak?.[1] ?? 0) / 1024);
      } catch {} // it has just ended
    }, 20);
    child.on("error", fail);
    child.on("close", () => {
      clearInterval(watch);
      const seconds = Object.values(threads);
      const processor = seconds.reduce((sum, value) => sum + value, 0);
      done({
        wall: (performance.now() - begin) / 1000,
        processor,
        busiest: Math.max(...seconds),
        megabytes,
      });
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
    const time = await run(["report", "runs/**/*.jsonl", "--jobs", String(jobs), "--report", "none"]);
    times[jobs].push(time);
    const { wall, processor, busiest } = time;
    say(
      `round ${round + 1}, --jobs ${jobs}: ${wall.toFixed(1)} s, ${processor.toFixed(1)} s of processor, ${busiest.toFixed(1)} s of the busiest thread`,
    );
  }
}
const ratio = (key) => {
  const [one, two] = [1, 2].map((jobs) => median(times[jobs].map((time) => time[key])));
  return (one / two).toFixed(2);
};
say(
  `two threads are ${ratio("wall")} times as fast as one, ${ratio("busiest")} times by the busiest thread (medians of ${rounds})`,
);
