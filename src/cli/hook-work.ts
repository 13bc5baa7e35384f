// `compact hook HARNESS --now`. In: the JSON of a hook, on stdin. Out: the work that the hook stands for, done in this process, and what
// became of it in the log of the store and on stderr. Hooks start it in the background; people may, to see what a hook does.
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { Store } from "../artifacts/store.ts";
import { find } from "../config/names.ts";
import { BRIEFING_LENGTH, writeBriefing } from "../harness/briefing.ts";
import { answerTo, type Work } from "../harness/hook-events.ts";
import { readHookInput } from "../harness/hook-input.ts";
import { logHook } from "../harness/hook-log.ts";
import { directoryOf, type HookedSession, hookedSession } from "../harness/hooked-session.ts";
import { harnesses } from "../harness/index.ts";
import { keepObservations } from "../keep-observations.ts";
import { collectFacts } from "../memory/facts/index.ts";
import { ledger } from "../memory/facts/markdown.ts";
import { tokenCounter } from "../tokens/index.ts";
import { writersOf } from "../watch/writers.ts";
import { runWatch, type WatchFlags } from "./commands/watch.ts";
import { ExitCode } from "./exit-codes.ts";
import { type Io, write } from "./io.ts";
import { describeError, tell } from "./messages.ts";
import { remember } from "./remember.ts";
import { surroundings } from "./surroundings.ts";

/** For what comes over the pipe of the hook, or is typed. In milliseconds. */
const INPUT_PATIENCE = 10_000;
/** How long a harness that ends may hold its file, and how often we look. In milliseconds. */
const WRITER_PATIENCE = 30_000;
const LOOK_EVERY = 100;

export async function runHookWork(operands: readonly string[], flags: WatchFlags, io: Io): Promise<ExitCode> {
  const hooked = harnesses.filter((candidate) => candidate.hooks !== undefined);
  const harness = find("compact hook", hooked, operands[0] ?? "");
  const input = await readHookInput(io.stdin, INPUT_PATIENCE);
  const around = surroundings(io);
  const home = Store.find(undefined, directoryOf(input, harness, around));
  const log = (entry: object) => logHook(home, { harness: harness.name, event: input.event, ...entry });
  try {
    const session = hookedSession(input, harness, around);
    const { says, work } = answerTo({ input, ...session });
    if (says !== "" && work === undefined) await write(io.stdout, says);
    if (work === undefined) return ExitCode.done;
    if (input.event === "SessionEnd") await untilFree(session.transcript);
    return await WORK[work](session, flags, { ...io, cwd: session.directory, stdout: linesTo(log, io) });
  } catch (error) {
    log({ failed: describeError(error).message });
    throw error;
  }
}

type DoWork = (session: HookedSession, flags: WatchFlags, io: Io) => Promise<ExitCode>;

const WORK: Readonly<Record<Work, DoWork>> = {
  /** What `compact watch --once` does: below the trigger nothing; in place only where nobody holds the file. */
  cut: ({ transcript }, flags, io) => runWatch([transcript], { ...flags, once: true, json: true }, io),

  keep: async ({ transcript, store }, _flags, io) => {
    const { sessions, code } = await remember([transcript], { create: true }, io);
    const counter = tokenCounter("o200k_base");
    writeBriefing(
      store,
      transcript,
      ledger(collectFacts(sessions), BRIEFING_LENGTH, (text) => counter.count(text)),
    );
    const observations = await keepObservations(readFileSync(transcript), store, counter);
    io.stdout.write(`${JSON.stringify({ event: "kept", path: transcript, observations })}\n`);
    return code;
  },
};

/** Waits until nobody holds the file open for writing, as far as the platform says so. */
async function untilFree(transcript: string): Promise<void> {
  for (let waited = 0; waited < WRITER_PATIENCE && isHeld(transcript); waited += LOOK_EVERY) {
    await pause(LOOK_EVERY);
  }
}

function isHeld(path: string): boolean {
  const descriptor = openSync(path, "r");
  try {
    return (writersOf(fstatSync(descriptor)) ?? []).length > 0;
  } finally {
    closeSync(descriptor);
  }
}

/** What the work prints as JSON lines goes to the log, and to stderr for people. */
function linesTo(log: (entry: object) => void, io: Io): Writable {
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      for (const line of chunk.toString("utf8").split("\n").filter(Boolean)) {
        const { event: did, ...rest } = JSON.parse(line) as { event: string };
        log({ did, ...rest });
        tell(io, line).then(() => done(), done);
      }
    },
  });
}
