// In: for how long. Out: what became of sessions whose agents wrote as fast as they could and were killed at any moment, while `compact
// watch` cut them, was ended or killed and began again, and the files were rotated, replaced and deleted below it.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { Store } from "../../src/artifacts/store.ts";
import { resolve } from "../../src/config/resolve.ts";
import { compactLive } from "../../src/watch/compact-live.ts";
import { unfinished } from "../../src/watch/late-lines.ts";
import { swapReady } from "../../src/watch/ready.ts";
import { SyntheticAgent } from "./synthetic-agent.ts";

export interface WatchTally {
  /** Agents that were killed while they wrote. */
  lives: number;
  lines: number;
  torn: number;
  rotated: number;
  replaced: number;
  deleted: number;
  /** Of the watcher. */
  begun: number;
  terminated: number;
  killed: number;
  /** What the watcher said, by event. */
  events: Record<string, number>;
  /** Everything that is not as it should be. */
  findings: string[];
}

export interface Soak {
  readonly folder: string;
  /** The built program. */
  readonly program: string;
  readonly seconds: number;
  /** At the same time. */
  readonly sessions: number;
  /** Between 0 and 1. */
  readonly random: () => number;
}

/** Small, so that a session is cut every few thousand lines; a cache that lives for a second, so that pauses are seen. */
const LIMITS = [
  "--window",
  "40k",
  "--hold-off",
  "0",
  "--prices",
  "prices.json",
  "-s",
  "mask-observations:keep=5",
  "--tokenizer",
  "chars4",
];
const PRICES = '{ "lifetimeSeconds": 1 }';

/** In seconds. */
const LIFE = { shortest: 0.01, longest: 0.2 };
const WATCH = { shortest: 1, longest: 12 };

export async function soak(setup: Soak): Promise<WatchTally> {
  const { folder, seconds, sessions } = setup;
  const tally: WatchTally = {
    lives: 0,
    lines: 0,
    torn: 0,
    rotated: 0,
    replaced: 0,
    deleted: 0,
    begun: 0,
    terminated: 0,
    killed: 0,
    events: {},
    findings: [],
  };
  for (const name of ["live", "rotated", "logs"]) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "prices.json"), PRICES);
  const begun = performance.now();
  const isOver = () => {
    const past = (performance.now() - begun) / 1000;
    return past >= 10 * seconds || (past >= seconds && (tally.events.cut ?? 0) > 0);
  };
  const agents = Array.from({ length: sessions }, (_, i) =>
    writeSessions(`session-${i}`, isOver, setup, tally),
  );
  const [last] = await Promise.all([Promise.all(agents), watchAgain(isOver, setup, tally)]);
  for (const agent of last) if (agent !== undefined) await settle(agent, setup, tally);
  const beside = readdirSync(join(folder, "live")).filter((name) => name.startsWith(".compact-"));
  if (beside.length > 0) tally.findings.push(`${beside} were left beside the sessions`);
  return tally;
}

/** One session after another at the same path. @returns the one that goes on when all is over */
async function writeSessions(
  name: string,
  isOver: () => boolean,
  setup: Soak,
  tally: WatchTally,
): Promise<SyntheticAgent | undefined> {
  const { folder, random } = setup;
  const file = join(folder, "live", `${name}.jsonl`);
  for (let number = 0; ; number++) {
    const agent = new SyntheticAgent(file, join(folder, "logs", `${name}-${number}`));
    try {
      agent.begin();
      for (let goesOn = true; goesOn && !isOver(); goesOn = random() < 0.95) {
        await replaced(file);
        await ended(agent.live(between(LIFE, random)));
        tally.lives++;
        const event = random();
        if (event < 0.06) await pauseTorn(agent, random);
        if (event < 0.3) await pause(2000 * random());
      }
      if (isOver()) return agent;
      await endSession(agent, `${name}-${number}`, setup, tally);
    } catch (error) {
      agent.find(String(error));
    }
    tally.torn += agent.torn;
    tally.findings.push(...agent.findings);
    if (agent.findings.length > 0) return undefined;
  }
}

/**
 * Nobody comes back within the milliseconds in which a file is replaced, and a watcher that was killed in them is started again: an agent
 * that reads how far it came sees all of its lines then.
 */
async function replaced(file: string): Promise<void> {
  while (unfinished([file]).length > 0) await pause(10);
}

/** Long enough for the watcher to look at a line that is not whole. */
async function pauseTorn(agent: SyntheticAgent, random: () => number): Promise<void> {
  await replaced(agent.file);
  agent.tear(random());
  await pause(1500 * random());
}

/** The file is rotated away, replaced by another, or deleted. */
async function endSession(agent: SyntheticAgent, name: string, { folder, random }: Soak, tally: WatchTally) {
  const { file } = agent;
  await replaced(file);
  const store = new Store(join(folder, ".compact"));
  const aside = join(folder, "rotated", `${name}.jsonl`);
  agent.resume();
  const way = random();
  if (way < 0.5) {
    renameSync(file, aside);
    tally.rotated++;
    tally.lines += agent.check(store, aside);
  } else if (way < 0.75) {
    const other = new SyntheticAgent(aside, join(folder, "logs", `${name}-beside`));
    other.begin();
    await ended(other.live(between(LIFE, random)));
    other.resume();
    renameSync(other.file, file);
    tally.replaced++;
    await pause(3000 * random());
    tally.lines += other.check(store, file);
    agent.findings.push(...other.findings);
    rmSync(file);
  } else {
    rmSync(file);
    tally.deleted++;
  }
}

/** When all is over: what a killed watcher left undone is ended, and every line is there. */
async function settle(agent: SyntheticAgent, { folder }: Soak, tally: WatchTally): Promise<void> {
  const store = new Store(join(folder, ".compact"));
  const config = resolve({ stages: [["mask-observations", { keep: 5 }]], tokenizer: "chars4" });
  agent.resume();
  await swapReady(store, agent.file);
  await compactLive(agent.file, config, store, { minimumSavings: 0 });
  tally.lines += agent.check(store);
  tally.torn += agent.torn;
  tally.findings.push(...agent.findings);
}

/** Ends the watcher at any moment, well or by force, and begins it again. */
async function watchAgain(isOver: () => boolean, setup: Soak, tally: WatchTally): Promise<void> {
  const { random } = setup;
  while (!isOver()) {
    const watcher = watch(setup, tally, random() < 0.5 ? ["--cache-aware"] : []);
    const end = ended(watcher);
    await pause(1000 * between(WATCH, random));
    const isForced = random() < 0.5;
    watcher.kill(isForced ? "SIGKILL" : "SIGTERM");
    const code = await end;
    if (isForced) tally.killed++;
    else tally.terminated++;
    if (!isForced && code !== 0) tally.findings.push(`the watcher ended with ${code} after SIGTERM`);
  }
}

function watch({ folder, program }: Soak, tally: WatchTally, more: readonly string[]): ChildProcess {
  const args = [program, "watch", "live", "--json", "-a", ".compact", ...LIMITS, ...more];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  tally.begun++;
  createInterface({ input: child.stdout! }).on("line", (line) => note(line, tally));
  child.stderr!.on("data", (text) => tally.findings.push(`the watcher said: ${text}`));
  return child;
}

/** Sessions go away while they are looked at; nothing else may fail. */
function note(line: string, tally: WatchTally): void {
  const { event, message, path } = tryParse(line);
  if (event === undefined) return; // cut off by a kill
  tally.events[event] = (tally.events[event] ?? 0) + 1;
  if (event === "failed" && !/ENOENT/.test(message ?? ""))
    tally.findings.push(`${basename(path ?? "")}: the watcher failed: ${message}`);
}

function tryParse(line: string): { event?: string; message?: string; path?: string } {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}

function between({ shortest, longest }: typeof LIFE, random: () => number): number {
  return shortest + random() * (longest - shortest);
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.once("close", (code) => done(code)));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
