// In: how often. Out: what became of transcripts whose writer was killed that often, at any moment, while compact replaced the
// file as fast as it could. Every line that the writer saw written has to be there once, in order, and the original comes back.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Store } from "../../src/artifacts/store.ts";
import { resolve } from "../../src/config/resolve.ts";
import { compactLive } from "../../src/watch/compact-live.ts";
import { LockedError } from "../../src/watch/lock.ts";
import { swapReady } from "../../src/watch/ready.ts";
import { SyntheticAgent } from "./synthetic-agent.ts";

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
  const agent = new SyntheticAgent(join(place, "session.jsonl"), join(place, "written"));
  const { file } = agent;
  const store = new Store(join(place, ".compact"));
  agent.begin();
  for (let round = 0; round < rounds; round++) {
    const writer = agent.live((1 + random() * LONGEST_LIFE) / 1000);
    const ended = whileAlive(writer, () => compactOnce(file, store, tally));
    if (random() < 0.1) tally.compactKills += await killCompact(program, place, file, random);
    await ended;
    tally.kills++;
  }
  agent.resume();
  await compactOnce(file, store, tally);
  await compactOnce(file, store, tally);
  const lines = agent.check(store);
  if (lines === 0) agent.find("nothing was written");
  const beside = readdirSync(place).filter((name) => name.startsWith(".compact-"));
  if (beside.length > 0) agent.find(`${beside} were left beside it`);
  tally.lines += lines;
  tally.torn += agent.torn;
  tally.findings.push(...agent.findings);
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
