// In: what a hook was told, and by which harness. Out: the session that it is about: its transcript, checked, and the directory and the
// store that the agent finds with `compact get`.
import { Store } from "../artifacts/store.ts";
import type { Harness, HookContract, Surroundings } from "./harness.ts";
import type { HookInput } from "./hook-input.ts";
import { sessionFile } from "./session-file.ts";

export interface HookedSession {
  readonly contract: HookContract;
  readonly directory: string;
  readonly store: Store;
  readonly transcript: string;
}

/** Where the agent works: also known when the transcript is wrong, so that the log can say so. */
export function directoryOf(
  input: HookInput | undefined,
  harness: Harness | undefined,
  around: Surroundings,
): string {
  return harness?.hooks?.project?.(around.env) || input?.cwd || around.cwd;
}

/** @throws Error naming what is wrong with the transcript */
export function hookedSession(input: HookInput, harness: Harness, around: Surroundings): HookedSession {
  const contract = harness.hooks;
  if (contract === undefined) throw new Error(`${harness.name} calls no hooks`);
  const directory = directoryOf(input, harness, around);
  const transcript = sessionFile(input.transcript, contract.sessions(around));
  return { contract, directory, transcript, store: Store.find(undefined, directory) };
}
