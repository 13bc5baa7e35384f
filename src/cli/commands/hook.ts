// `compact hook HARNESS`. In: the JSON of a hook, on stdin. Out: an answer in the words of that harness, at once; the work is done by
// another process. Never fails the agent: whatever is wrong is an empty answer, exit code 0 and a line in the log of the store.
//
// Has a file of its own in dist and is all that the launcher loads for it: no parser, no engine, no libraries.
import { realpathSync } from "node:fs";
import { Store } from "../../artifacts/store.ts";
import type { Harness } from "../../harness/harness.ts";
import { answerTo, isKnownEvent } from "../../harness/hook-events.ts";
import { type HookInput, printHookInput, readHookInput } from "../../harness/hook-input.ts";
import { logHook } from "../../harness/hook-log.ts";
import { directoryOf, hookedSession } from "../../harness/hooked-session.ts";
import { harnesses } from "../../harness/index.ts";
import { ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { surroundings } from "../surroundings.ts";

/** In milliseconds: harnesses write at once. */
const PATIENCE = 1000;

export async function runHook(io: Io): Promise<ExitCode> {
  const [, name = "", ...options] = io.args;
  const harness = harnesses.find((candidate) => candidate.name === name && candidate.hooks !== undefined);
  let input: HookInput | undefined;
  const log = (error: unknown) => {
    const store = Store.find(undefined, directoryOf(input, harness, surroundings(io)));
    const failed = error instanceof Error ? error.message : String(error);
    logHook(store, { harness: name, event: input?.event, failed });
  };
  try {
    if (harness === undefined) throw new Error(`no harness \`${name}\` with hooks, expected ${hooked()}`);
    input = await readHookInput(io.stdin, PATIENCE);
    if (isKnownEvent(input.event)) await answer(input, harness, options, io, log);
  } catch (error) {
    log(error);
  }
  return ExitCode.done;
}

function hooked(): string {
  return harnesses.flatMap(({ name, hooks }) => (hooks === undefined ? [] : [name])).join(" or ");
}

type Log = (error: unknown) => void;

async function answer(input: HookInput, harness: Harness, options: readonly string[], io: Io, log: Log) {
  const session = hookedSession(input, harness, surroundings(io));
  const { says, work } = answerTo({ input, ...session });
  if (work !== undefined) {
    await startWork(input, session.directory, ["hook", harness.name, "--now", ...options], io, log);
  }
  if (says === "") return;
  io.stdout.on("error", () => {}); // a harness that no longer listens
  io.stdout.write(says);
}

/**
 * The same command once more, which does the work. It has none of our streams: a harness waits until all who hold them have ended,
 * and one of them panics when a pipe that it shares is set to non-blocking.
 */
async function startWork(input: HookInput, cwd: string, args: readonly string[], { env }: Io, log: Log) {
  const { spawn } = await import("node:child_process");
  const child = spawn(process.execPath, [...launcher(), ...args], {
    cwd,
    env,
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    windowsHide: true,
  });
  child.on("error", log);
  child.stdin.on("error", () => {}); // it ended early, and has said why in the log
  child.stdin.end(printHookInput(input));
  child.unref();
}

/** The script that this process runs; none in an executable that is the program itself. */
function launcher(): string[] {
  const script = process.argv[1];
  return script === undefined || realpathSync(script) === realpathSync(process.execPath) ? [] : [script];
}
