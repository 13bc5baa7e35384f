// `compact hook NAME`. In: the JSON of a hook, on stdin. Out: an answer in the words of that harness, at once; the work is done by
// another process. Never fails the agent: whatever is wrong is an empty answer, exit code 0 and a line in the log of the store.
//
// Has a file of its own in dist and is all that the launcher loads for it: no parser, no engine, no libraries.
import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { Store } from "../../artifacts/store.ts";
import type { Harness } from "../../harness/harness.ts";
import { answerTo, isKnownEvent } from "../../harness/hook-events.ts";
import { type HookInput, printHookInput, readHookInput } from "../../harness/hook-input.ts";
import { logHook } from "../../harness/hook-log.ts";
import { harnesses } from "../../harness/index.ts";
import { sessionFile } from "../../harness/session-file.ts";
import { ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";

/** In milliseconds: harnesses write at once. */
const PATIENCE = 1000;

export async function runHook(io: Io): Promise<ExitCode> {
  const [, name = "", ...options] = io.args;
  let input: HookInput | undefined;
  io.stdout.on("error", () => {}); // a harness that no longer listens
  try {
    const harness = harnesses.find((candidate) => candidate.name === name);
    if (harness?.hooks === undefined)
      throw new Error(`no harness \`${name}\` with hooks, expected ${hooked()}`);
    input = await readHookInput(io.stdin, PATIENCE);
    answer(input, harness, options, io);
  } catch (error) {
    tellLog(input?.cwd || io.cwd, name, input?.event, error);
  }
  return ExitCode.done;
}

function hooked(): string {
  return harnesses.flatMap((harness) => (harness.hooks === undefined ? [] : [harness.name])).join(" or ");
}

function answer(input: HookInput, harness: Harness, options: readonly string[], io: Io): void {
  const contract = harness.hooks;
  if (contract === undefined || !isKnownEvent(input.event)) return;
  const around = { cwd: input.cwd || io.cwd, home: io.env.HOME ?? io.env.USERPROFILE ?? "", env: io.env };
  const transcript = sessionFile(input.transcript, contract.sessions(around));
  const store = Store.find(undefined, around.cwd);
  const { says, work } = answerTo({ input, transcript, store, contract });
  if (work !== undefined) startWork(input, around.cwd, ["hook", harness.name, "--now", ...options], io);
  if (says !== "") io.stdout.write(says);
}

/**
 * The same command once more, which does the work. It has none of our streams: a harness waits until all who hold them have ended,
 * and one of them panics when a pipe that it shares is set to non-blocking.
 */
function startWork(input: HookInput, cwd: string, args: readonly string[], { env }: Io): void {
  const child = spawn(process.execPath, [...launcher(), ...args], {
    cwd,
    env,
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
    windowsHide: true,
  });
  child.on("error", (error) => tellLog(cwd, args[1] ?? "", input.event, error));
  child.stdin.on("error", () => {}); // it ended early, and has said why in the log
  child.stdin.end(printHookInput(input));
  child.unref();
}

/** The script that this process runs; none in an executable that is the program itself. */
function launcher(): string[] {
  const script = process.argv[1];
  return script === undefined || realpathSync(script) === realpathSync(process.execPath) ? [] : [script];
}

function tellLog(cwd: string, harness: string, event: string | undefined, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  logHook(Store.find(undefined, cwd), { harness, event, failed: message });
}
