// In: arguments. Out: what the program did with them: stdout, stderr and exit code together. Each test works in a directory of
// its own with an environment of two variables, so that nothing of the machine shows through.
import { type ChildProcess, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable, Writable } from "node:stream";
import { onTestFinished } from "vitest";
import type { Io } from "../../src/cli/io.ts";
import { main } from "../../src/cli/main.ts";

/** The built program. */
const PROGRAM = join(import.meta.dirname, "../../bin/compact.js");

const NOBODY = 65534;

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** 130 for a process that Ctrl-C ended, as shells say it. */
  readonly code: number;
}

export interface Around {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** In-process only: what the program is told about its streams. */
  readonly terminals?: readonly ("stdin" | "stdout" | "stderr")[];
  readonly interrupted?: AbortSignal;
  /** In-process only: called at each write to stderr. */
  readonly onStderr?: () => void;
}

/** A fresh directory, gone after the test. */
export class Place {
  readonly directory: string;

  constructor() {
    this.directory = realpathSync(mkdtempSync(join(tmpdir(), "compact-test-")));
    for (let above = dirname(this.directory); ; above = dirname(above)) {
      for (const name of [".compact", "compact.config.json"]) {
        if (existsSync(join(above, name))) throw new Error(`${join(above, name)} is in the way of the tests`);
      }
      if (above === dirname(above)) break;
    }
    onTestFinished(() => {
      makeWritable(this.directory);
      rmSync(this.directory, { recursive: true, force: true, maxRetries: 20 }); // something may still be writing
    });
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /** Writes a file that was last modified ten minutes ago, so that `-i` does not take it for a live one. */
  write(
    name: string,
    content: string | Uint8Array,
    options: { mode?: number; secondsOld?: number } = {},
  ): string {
    const path = this.path(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    chmodSync(path, options.mode ?? 0o644);
    const modified = Date.now() / 1000 - (options.secondsOld ?? 600);
    utimesSync(path, modified, modified);
    return path;
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  bytes(name: string): Buffer {
    return readFileSync(this.path(name));
  }

  exists(name: string): boolean {
    return lstatSync(this.path(name), { throwIfNoEntry: false }) !== undefined;
  }

  remove(name: string): void {
    rmSync(this.path(name), { recursive: true });
  }

  makeDirectory(name: string, mode = 0o755): void {
    mkdirSync(this.path(name), { recursive: true });
    chmodSync(this.path(name), mode);
  }

  link(target: string, name: string): void {
    symlinkSync(target, this.path(name));
  }

  mode(name: string): string {
    return (statSync(this.path(name)).mode & 0o777).toString(8);
  }

  /** Every file below a folder, with its path from there, sorted. Empty when there is no such folder. */
  files(folder = "."): string[] {
    if (!this.exists(folder)) return [];
    return readdirSync(this.path(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.path(folder).length + 1))
      .sort();
  }

  /** Runs the built program. */
  run(args: readonly string[], around: Around = {}): Promise<Outcome> {
    return finished(this.start(args, around), around.input);
  }

  /** Starts the built program and leaves its streams to the test. */
  start(args: readonly string[], around: Around = {}): ChildProcess {
    return this.spawn(process.execPath, [PROGRAM, ...args], around);
  }

  /** Runs a shell script in which `compact` is the built program. */
  shell(script: string, around: Around = {}): Promise<Outcome> {
    const command = `compact() { "${process.execPath}" "${PROGRAM}" "$@"; }\n${script}`;
    return finished(this.spawn("bash", ["-c", command], around), around.input);
  }

  /** Runs the program inside this process: for all that is not about processes. */
  async main(args: readonly string[], around: Around = {}): Promise<Outcome> {
    const isTTY = (name: "stdin" | "stdout" | "stderr") => around.terminals?.includes(name) ?? false;
    const stdout = new Capture(isTTY("stdout"));
    const stderr = new Capture(isTTY("stderr"), around.onStderr);
    const input = around.input === undefined ? [] : [Buffer.from(around.input)];
    const io: Io = {
      args,
      cwd: this.directory,
      env: { HOME: this.directory, ...around.env },
      stdin: Object.assign(Readable.from(input), { isTTY: isTTY("stdin") }),
      stdout,
      stderr,
      interrupted: around.interrupted ?? new AbortController().signal,
      unguarded: (work) => work(),
    };
    const code = await main(io);
    return { stdout: stdout.text(), stderr: stderr.text(), code };
  }

  /** The same as somebody without special rights: root may read and write everything. */
  async mainWithoutRights(args: readonly string[]): Promise<Outcome> {
    const { geteuid, seteuid } = process;
    if (geteuid?.() !== 0 || seteuid === undefined) return this.main(args);
    await this.main(["--report", "json"], { input: '{"type":"summary","leafUuid":"x"}' }); // load what is loaded on demand
    chmodSync(this.directory, 0o755);
    seteuid(NOBODY);
    try {
      return await this.main(args);
    } finally {
      seteuid(0);
    }
  }

  private spawn(command: string, args: readonly string[], { env }: Around): ChildProcess {
    return spawn(command, args, {
      cwd: this.directory,
      env: { PATH: process.env.PATH ?? "", HOME: this.directory, ...env },
    });
  }
}

/** Waits for the end of a process. */
export function finished(child: ChildProcess, input?: string | Uint8Array): Promise<Outcome> {
  return new Promise((done, fail) => {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", fail);
    child.stdin?.on("error", () => {}); // a program that fails early need not read its input
    if (input !== undefined) child.stdin?.end(input);
    child.on("close", (code, signal) => {
      done({
        stdout: Buffer.concat(stdout).toString("utf8"),
        stderr: Buffer.concat(stderr).toString("utf8"),
        code: code ?? (signal === "SIGINT" ? 130 : 128),
      });
    });
  });
}

class Capture extends Writable {
  readonly isTTY: boolean;
  private readonly chunks: Buffer[] = [];

  private readonly onWrite: () => void;

  constructor(isTTY: boolean, onWrite = () => {}) {
    super();
    this.isTTY = isTTY;
    this.onWrite = onWrite;
  }

  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.chunks.push(Buffer.from(chunk));
    this.onWrite();
    done();
  }

  /** What the stream of a terminal can do beside writing. */
  clearLine(): void {}
  cursorTo(): void {}
  moveCursor(): void {}

  text(): string {
    return Buffer.concat(this.chunks).toString("utf8");
  }
}

/** So that read-only directories of a test can be removed. */
function makeWritable(directory: string): void {
  chmodSync(directory, 0o700);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (entry.isDirectory()) makeWritable(join(directory, entry.name));
  }
}
