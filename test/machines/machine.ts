// In: nothing. Out: a place with transcripts and the program on the path, as a machine of a team has them; and a daemon there, for as
// long as a test runs.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { recipe } from "../cli/recipes.ts";
import { Place } from "../cli/run.ts";
import { claudeSession, codexRollout } from "../cli/transcripts.ts";

const program = join(import.meta.dirname, "..", "..", "bin", "compact.js");

export const USER = userInfo().username;

/** Nine transcripts below `runs/`, and `compact` in `bin/`. */
export function machine(): { place: Place; path: string } {
  const place = new Place();
  for (let i = 0; i < 9; i++)
    place.write(`runs/${i % 2}/${i}.jsonl`, (i % 3 === 0 ? codexRollout : claudeSession)({ name: `s${i}` }));
  place.makeDirectory("bin");
  place.makeDirectory("home");
  chmodSync(program, 0o755);
  symlinkSync(program, place.path("bin/compact"));
  return { place, path: `${place.path("bin")}:${process.env.PATH}` };
}

/** Runs a recipe of the README as it stands there. */
export async function follow(name: string, place: Place, env: Readonly<Record<string, string>>) {
  return place.shell(`unset -f compact\n${recipe(name)}`, { env });
}

/** The parts that are there, merged, are the report on all files. */
export async function expectWhole(place: Place, parts: number): Promise<void> {
  expect(place.files().filter((name) => /^part-\d+\.json$/.test(name))).toHaveLength(parts);
  const merged = await place.main(["report", "--merge", "part-*.json", "--report", "json"]);
  const whole = await place.main(["report", "runs/**/*.jsonl", "--report", "json"]);
  expect(JSON.parse(whole.stdout).total.files).toBe(9);
  expect(merged).toEqual(whole);
}

/** Ends with the test. What it says is part of the message when it ends too early. */
export function daemon(command: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(command, args, { env: { PATH: process.env.PATH ?? "", ...env } });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => said.push(chunk));
  onTestFinished(() => end(child));
  return {
    isAlive: () => child.exitCode === null && child.signalCode === null,
    said: () => Buffer.concat(said).toString("utf8"),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  await exit;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
