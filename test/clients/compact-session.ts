// The only place where the tests start the compactor. In: a session file. Out: what its report says.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Hooks, Place } from "./client.ts";
import { baseEnvironment, type Ended, runNode } from "./drive.ts";

const program = join(import.meta.dirname, "..", "..", "bin", "compact.js");

/** The part of the JSON report that these tests compare with what a client sends. */
export interface Report {
  files: { format: string; context: { tokensBefore: number; tokensAfter: number } }[];
}

/** Where the agent's own `compact get` looks: beside the project's files. */
export const storeOf = (place: Place): string => join(place.project, ".compact");

async function run(place: Place, args: string[]): Promise<Ended> {
  const ended = await runNode(program, args, { cwd: place.project, environment: baseEnvironment(place) });
  if (ended.code !== 0)
    throw new Error(`compact ${args.join(" ")} ended with ${ended.code}: ${ended.stderr}`);
  return ended;
}

/** Compacts the session in place, as a user would between two runs of the client; `--force` because it is fresh. */
export async function compactSession(place: Place, file: string, preset: string): Promise<Report> {
  const report = join(place.home, "report.json");
  const output = ["--report", "json", "--report-file", report];
  await run(place, ["-i", file, "--force", "-p", preset, ...output, "-a", storeOf(place)]);
  return JSON.parse(readFileSync(report, "utf8")) as Report;
}

/** Installs what `compact init` would have the client call, or takes it out again. */
export async function wire(place: Place, hooks: Hooks, way: "--write" | "--remove"): Promise<void> {
  const limits = way === "--write" ? ["--window", "30k", "--min-savings", "1k"] : [];
  await run(place, ["init", hooks.harness, way, "--scope", hooks.scope, ...limits]);
}

/** What the session was before it was compacted, together with what the client has added since. */
export async function restoreSession(place: Place, file: string): Promise<string> {
  return (await run(place, ["restore", file, "-a", storeOf(place)])).stdout;
}
