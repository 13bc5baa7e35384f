// In: how often. Out: what became of transcripts whose writer was killed that often, at any moment, while compact replaced the
// file as fast as it could. Every line that the writer saw written has to be there once, in order, and the original comes back.
import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Store } from "../../src/artifacts/store.ts";
import { resolve } from "../../src/config/resolve.ts";
import { restore } from "../../src/restore.ts";
import { compactLive } from "../../src/watch/compact-live.ts";
import { LockedError } from "../../src/watch/lock.ts";
import { swapReady } from "../../src/watch/ready.ts";

export interface Tally {
  kills: number;
  /** Processes of compact that were killed while they replaced. */
  compactKills: number;
  lines: number;
  swaps: number;
  /** Bytes that arrived between reading and replacing. */
  appended: number;
  held: number;
  /** Lines in the middle of which the writer was killed. */
  torn: number;
  sessions: number;
  /** Everything that is not as it should be. */
  findings: string[];
}

/** A writer that opens the file for each line, as Claude Code does, and one that holds it open for a while, as Codex does. */
const WRITERS: readonly string[] = [
  'while :; do i=$((i+1)); line >> "$file"; echo $i >> "$log"; done',
  'while :; do exec 9>>"$file"; for n in 1 2 3 4 5 6 7 8 9 10 11 12; do i=$((i+1)); line >&9; echo $i >> "$log"; done; exec 9>&-; done',
];

/** Odd lines are calls, even ones their results, of which few differ; each goes out in one system call. */
const LINE = `line() {
  if [ $((i % 2)) = 1 ]; then
    printf '{"role":"assistant","content":null,"tool_calls":[{"id":"call_%d","type":"function","function":{"name":"shell","arguments":"{}"}}]}\\n' $i
  else
    printf '{"role":"tool","tool_call_id":"call_%d","content":"${"a line of the result\\\\n".repeat(12)}number %d"}\\n' $((i-1)) $((i%8))
  fi
}`;

/** The same line, to compare with. */
function lineOf(i: number): string {
  if (i % 2 === 1) {
    return `{"role":"assistant","content":null,"tool_calls":[{"id":"call_${i}","type":"function","function":{"name":"shell","arguments":"{}"}}]}\n`;
  }
  return `{"role":"tool","tool_call_id":"call_${i - 1}","content":"${"a line of the result\\n".repeat(12)}number ${i % 8}"}\n`;
}

/** Lets a writer live so long from the moment in which it begins to write. */
const KILLER = 'until [ -e "$1" ]; do sleep 0.002; done; rm "$1"; sleep "$2"; kill -KILL "$3"';

/** Without a stdin: a socket there makes bash run the start-up files of whoever tests. */
const ALONE = { env: { PATH: process.env.PATH }, stdio: "ignore" } as const;

const FIRST = '{"role":"user","content":"Go on until you are stopped."}\n';
const CONFIG = resolve({ stages: [["mask-observations", { keep: 5 }]] });
const ROUNDS_A_SESSION = 10;
/** The longest life of a writer, in milliseconds. */
const LONGEST_LIFE = 30;

/**
 * @param program the built program, to be killed while it replaces
 * @param random between 0 and 1
 */
export async function killWriters(
  kills: number,
  folder: string,
  program: string,
  random: () => number,
): Promise<Tally> {
  const tally: Tally = {
    kills: 0,
    compactKills: 0,
    lines: 0,
    swaps: 0,
    appended: 0,
    held: 0,
    torn: 0,
    sessions: 0,
    findings: [],
  };
  while (tally.kills < kills) {
    const place = join(folder, `session-${tally.sessions++}`);
    mkdirSync(place, { recursive: true });
    const rounds = Math.min(ROUNDS_A_SESSION, kills - tally.kills);
    await oneSession(place, rounds, program, random, tally);
    if (tally.findings.length === 0) rmSync(place, { recursive: true });
  }
  return tally;
}

async function oneSession(
  place: string,
  rounds: number,
  program: string,
  random: () => number,
  tally: Tally,
) {
  const file = join(place, "session.jsonl");
  const log = join(place, "written");
  const store = new Store(join(place, ".compact"));
  writeFileSync(file, FIRST);
  writeFileSync(log, "");
  for (let round = 0; round < rounds; round++) {
    const written = resume(file, tally);
    const seconds = ((1 + random() * LONGEST_LIFE) / 1000).toFixed(3);
    const alive = join(place, "alive");
    const script = `file=$1 log=$2 i=$3\n${LINE}\n: > "$4"\n${WRITERS[round % WRITERS.length]}`;
    const writer = spawn("bash", ["-c", script, "sh", file, log, String(written), alive], ALONE);
    spawn("sh", ["-c", KILLER, "sh", alive, seconds, String(writer.pid)], ALONE);
    const ended = whileAlive(writer, () => compactOnce(file, store, tally));
    if (random() < 0.1) tally.compactKills += await killCompact(program, place, file, random);
    await ended;
    tally.kills++;
  }
  resume(file, tally);
  await compactOnce(file, store, tally);
  await compactOnce(file, store, tally);
  check(file, log, store, tally);
}

async function compactOnce(file: string, store: Store, tally: Tally): Promise<void> {
  try {
    const outcome = swapReady(store, file) ?? (await compactLive(file, CONFIG, store, { minimumSavings: 0 }));
    if (outcome.status === "swapped") {
      tally.swaps++;
      tally.appended += outcome.appended;
    } else if (outcome.status === "held") tally.held++;
    else if (outcome.status === "unknown-format") tally.findings.push("the format was not recognised");
  } catch (error) {
    if (!(error instanceof LockedError)) tally.findings.push(String(error));
  }
}

/** Starts the program on the file and kills it at any moment. @returns 1 if it was killed */
async function killCompact(
  program: string,
  place: string,
  file: string,
  random: () => number,
): Promise<number> {
  const life = (0.05 + random() * 0.12).toFixed(3);
  const args = [
    program,
    "-q",
    "-i",
    "--force",
    "-s",
    "mask-observations:keep=5",
    "-a",
    join(place, ".compact"),
    file,
  ];
  const child = spawn("timeout", ["-s", "KILL", life, process.execPath, ...args], { stdio: "ignore" });
  const code = await new Promise<number | null>((done) => child.once("close", (status) => done(status)));
  return code === 0 || code === 2 ? 0 : 1;
}

async function whileAlive(child: ChildProcess, work: () => Promise<void>): Promise<void> {
  let isAlive = true;
  child.once("close", () => {
    isAlive = false;
  });
  while (isAlive) {
    await work();
    await new Promise((done) => setImmediate(done));
  }
}

/**
 * What an agent does that is resumed: it reads how far it came, and ends the line in which it was killed. (A kill can end a write
 * in the middle, at the end of a page.)
 */
function resume(file: string, tally: Tally): number {
  const text = readFileSync(file, "utf8");
  const end = text.lastIndexOf("\n") + 1;
  const last = lastLine(text.slice(0, end));
  if (end === text.length) return last;
  const torn = text.slice(end);
  const whole = lineOf(last + 1);
  if (!whole.startsWith(torn)) tally.findings.push(`${file}: ends in something that nobody wrote: ${torn}`);
  appendFileSync(file, whole.slice(torn.length));
  tally.torn++;
  return last + 1;
}

function lastLine(text: string): number {
  const ids = [...text.matchAll(/^\{"role":"(assistant|tool)".*?"call_(\d+)"/gm)];
  return ids.reduce((most, [, role, id]) => Math.max(most, Number(id) + (role === "tool" ? 1 : 0)), 0);
}

function check(file: string, log: string, store: Store, tally: Tally): void {
  const written = readFileSync(log, "utf8").split("\n").filter(Boolean).map(Number);
  const last = lastLine(readFileSync(file, "utf8"));
  tally.lines += last;
  if (last === 0) tally.findings.push(`${file}: nothing was written`);
  const twice = written.filter((line, i) => written.indexOf(line) !== i);
  if (twice.length > 0) tally.findings.push(`${file}: lines ${twice} were lost and written again`);
  if ((written.at(-1) ?? 0) > last) tally.findings.push(`${file}: ends before line ${written.at(-1)}`);
  const expected = FIRST + Array.from({ length: last }, (_, i) => lineOf(i + 1)).join("");
  const restored = restore(readFileSync(file), store);
  if (restored.bytes.toString() !== expected) {
    appendFileSync(`${file}.expected`, expected);
    tally.findings.push(`${file}: is not restored to what was written (${restored.status})`);
  }
  const beside = readdirSync(join(file, "..")).filter((name) => name.startsWith(".compact-"));
  if (beside.length > 0) {
    tally.findings.push(`${file}: ${beside} were left beside it`);
  }
}
