// What a client is to these tests. One file a client implements this interface; nothing else knows its flags,
// folders or file format. In: places and prompts. Out: command lines, calls, and where the session lies.
import type { Provider, ToolCall } from "./mock/provider.ts";
import type { Action } from "./scenario.ts";

/** The folders of one run, all scratch: a home of its own, the project, and a folder for its PATH. */
export interface Place {
  home: string;
  project: string;
  bin: string;
}

/** A program to start, with all of its environment: nothing of ours leaks into it. */
export interface Command {
  file: string;
  arguments: string[];
  environment: Record<string, string>;
}

export interface Hooks {
  /** What `compact init` calls it. */
  harness: string;
  scope: "project" | "user";
  /** Arguments by which the user of a test says that the hooks may run; empty where the client does not ask. */
  trust: string[];
  /** A run in which the client summarises the session: further arguments, and the prompt. */
  summarise: { arguments: string[]; prompt: string };
}

export interface Client {
  /** npm package, the name in test titles. */
  name: string;
  /** Name of its recording. */
  title: string;
  provider: Provider;
  /** The program of the client, relative to the cache folder; run with Node. */
  program: string;
  /** Arguments that print its version. */
  versionArguments: string[];
  /** Writes what configuration the client needs before it can meet the mock. */
  prepare(place: Place, port: number): void;
  /** A headless run with one prompt; with `resume` it goes on with that session. */
  run(
    place: Place,
    port: number,
    prompt: string,
    resume?: string,
  ): { arguments: string[]; environment: Record<string, string> };
  /** The client's own tool for an action. */
  toolCall(action: Action, place: Place): ToolCall;
  /** The one session file that the client wrote. */
  sessionFile(place: Place): string;
  /** What its resume command wants to hear. */
  sessionId(file: string): string;
  /** The texts that the model sees of each result, by call id, as the session file holds them. */
  observations(file: string): Map<string, string>;
  /** How its hooks are wired in and its own summary is asked for; absent for a client without hooks. */
  hooks?: Hooks;
  /** True for records that carry the vendor's prompts, listings of tools and the like. */
  isVendorRecord(record: unknown): boolean;
}
