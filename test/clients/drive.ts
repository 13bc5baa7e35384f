// Starts a client against the mock and waits for its end. In: a client, its places, a prompt, the model's answers.
// Out: the requests that it sent. Everything lies below one scratch folder, which can be saved and brought back.
import { spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Client, Place } from "./client.ts";
import { type Answer, type Exchange, startMock } from "./mock/server.ts";
import { projectFiles } from "./project.ts";
import type { Step } from "./scenario.ts";

/** A client that hangs is a finding, not a reason to wait: its whole session takes a few seconds. */
const patience = 90_000;

const compactProgram = join(import.meta.dirname, "..", "..", "bin", "compact.js");

/** Where `run.mjs` put the clients. */
export function installFolder(): string {
  const folder = process.env.COMPACT_CLIENTS;
  if (!folder) throw new Error("start these tests with `npm run test:clients`");
  return folder;
}

/** A scratch folder with a home, the project, and a PATH folder in which the agent finds `compact`. */
export function makePlace(): Place {
  const root = mkdtempSync(join(tmpdir(), "compact-clients-"));
  const place = {
    home: join(root, "live", "home"),
    project: join(root, "live", "project"),
    bin: join(root, "live", "bin"),
  };
  for (const folder of Object.values(place)) mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(projectFiles)) {
    mkdirSync(dirname(join(place.project, path)), { recursive: true });
    writeFileSync(join(place.project, path), text);
  }
  const launcher = join(place.bin, "compact");
  writeFileSync(launcher, `#!/bin/sh\nexec "${process.execPath}" "${compactProgram}" "$@"\n`);
  chmodSync(launcher, 0o755);
  return place;
}

const liveFolder = (place: Place) => dirname(place.home);
const savedFolder = (place: Place) => join(dirname(liveFolder(place)), "saved");

/** Keeps home and project as they are now. */
export function save(place: Place): void {
  cpSync(liveFolder(place), savedFolder(place), { recursive: true, preserveTimestamps: true });
}

/** Brings home and project back to what `save` kept, under the same paths. */
export function rewind(place: Place): void {
  rmSync(liveFolder(place), { recursive: true });
  cpSync(savedFolder(place), liveFolder(place), { recursive: true, preserveTimestamps: true });
}

/** A hook may have left work that is still writing. */
export function discard(place: Place): void {
  rmSync(dirname(liveFolder(place)), { recursive: true, maxRetries: 20, retryDelay: 200 });
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a Node program to its end with nothing on its stdin. */
export async function runNode(
  program: string,
  args: string[],
  options: { cwd: string; environment: Record<string, string> },
): Promise<Ended> {
  return runProgram(process.execPath, [program, ...args], options);
}

/** Runs a program to its end with nothing on its stdin. */
export async function runProgram(
  program: string,
  args: string[],
  options: { cwd: string; environment: Record<string, string> },
): Promise<Ended> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.environment,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: patience,
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  return { code, ...output };
}

export function baseEnvironment(place: Place): Record<string, string> {
  return { HOME: place.home, PATH: `${place.bin}:${process.env.PATH}`, LANG: "C.UTF-8", TZ: "UTC" };
}

/** The model's answers for a script, in the words of this client's tools; the final one calls nothing. */
export function answersOf(client: Client, place: Place, steps: Step[], last: string): Answer[] {
  const answers = steps.map(({ say, actions }) => ({
    text: say,
    calls: actions.map((action) => client.toolCall(action, place)),
  }));
  return [...answers, { text: last, calls: [] }];
}

/** One headless run of the client; with `resume` it goes on with that session. It must end well. */
export async function drive(
  client: Client,
  place: Place,
  talk: { name: string; prompt: string; answers: Answer[]; resume?: string; options?: string[] },
): Promise<Exchange[]> {
  const mock = await startMock(client.provider, talk.name, talk.answers);
  try {
    client.prepare(place, mock.port);
    const command = client.run(place, mock.port, talk.prompt, talk.resume);
    const ended = await runNode(
      join(installFolder(), client.program),
      [...(talk.options ?? []), ...command.arguments],
      {
        cwd: place.project,
        environment: { ...baseEnvironment(place), ...command.environment },
      },
    );
    if (ended.code !== 0)
      throw new Error(`${client.name} ended with ${ended.code}: ${ended.stderr}\n${ended.stdout}`);
    return mock.exchanges;
  } finally {
    await mock.close();
  }
}
