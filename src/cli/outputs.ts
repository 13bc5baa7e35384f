// In: where a result should go. Out: checked destinations, and the result there whole or not at all. Never touches an input
// except by `--in-place`, and never an existing file except by `--force`.
import { existsSync, mkdirSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { writeFilesAtomically } from "../artifacts/atomic-write.ts";
import type { Input } from "./inputs.ts";
import { type Io, write } from "./io.ts";
import { CliError } from "./messages.ts";

export type Destination =
  | { readonly type: "stdout" }
  | { readonly type: "file"; readonly path: string; readonly mode: number }
  /** A pipe or a device, which a rename would destroy. */
  | { readonly type: "device"; readonly path: string }
  | {
      readonly type: "in-place";
      readonly path: string;
      readonly mode: number;
      readonly fingerprint: Fingerprint;
    };

/** What must not have changed between reading a file and replacing it. */
export interface Fingerprint {
  readonly size: number;
  readonly modified: number;
  readonly inode: number;
}

export interface OutputOptions {
  readonly output: string | undefined;
  readonly inPlace: boolean;
  readonly force: boolean;
}

/** A file that was touched so recently may belong to a session that runs. In milliseconds. */
const RECENT = 60_000;

const NEW_FILE_MODE = 0o600; // transcripts hold secrets

/** @throws CliError when inputs and destination do not fit together, before anything is read */
export function checkDestination(
  inputs: readonly Input[],
  { output, inPlace }: OutputOptions,
  cwd: string,
): void {
  if (output !== undefined && inPlace) throw new CliError("--output and --in-place exclude each other");
  if (inPlace && inputs.some(({ path }) => path === undefined)) {
    throw new CliError("--in-place needs a file, expected no `-`");
  }
  if (inputs.length > 1 && !inPlace) {
    const isDirectory =
      output !== undefined && (!existsSync(resolve(cwd, output)) || isFolder(resolve(cwd, output)));
    if (!isDirectory) {
      throw new CliError(`${inputs.length} files would run together on one output`, {
        hint: "add -o DIRECTORY, or -i to compact each in place",
      });
    }
  }
}

/** @throws CliError when the file may not be written there */
export function destinationOf(
  input: Input,
  inputs: readonly Input[],
  options: OutputOptions,
  cwd: string,
): Destination {
  if (options.inPlace) return inPlaceOf(input, options.force);
  if (options.output === undefined) return { type: "stdout" };
  const named = resolve(cwd, options.output);
  const isInFolder = inputs.length > 1 || isFolder(named) || options.output.endsWith("/");
  const path = isInFolder ? join(named, placeInFolder(input, inputs)) : named;
  if (input.path !== undefined && existsSync(path) && existsSync(input.path)) {
    if (realpathSync(path) === realpathSync(input.path)) {
      throw new CliError("the output is the input", { hint: "use -i to compact a file in place" });
    }
  }
  return newFile(path, options.force);
}

/** @throws CliError when a file is there and may not be replaced */
export function newFile(path: string, force: boolean): Destination {
  const existing = statSync(path, { throwIfNoEntry: false });
  if (existing === undefined) return { type: "file", path, mode: NEW_FILE_MODE };
  if (existing.isDirectory()) throw new CliError(`${path} is a directory, expected a file`);
  if (!existing.isFile()) return { type: "device", path };
  if (!force) throw new CliError(`${path} exists`, { hint: "add --force to replace it" });
  return { type: "file", path: realpathSync(path), mode: existing.mode & 0o777 };
}

/**
 * @param beforeRename the last chance to stop; runs when the bytes are on disk beside their place
 * @throws CliError when an input changed that would be replaced; the error of the file system
 */
export async function writeOutput(
  destination: Destination,
  chunks: readonly Buffer[],
  io: Io,
): Promise<void> {
  if (destination.type === "stdout") {
    const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    return write(io.stdout, bytes);
  }
  if (destination.type === "device") return writeFileSync(destination.path, Buffer.concat(chunks));
  const { path, mode } = destination;
  mkdirSync(dirname(path), { recursive: true });
  writeFilesAtomically([{ path, chunks, mode }], () => {
    if (destination.type === "in-place") checkUnchanged(path, destination.fingerprint);
  });
}

function inPlaceOf({ path }: Input, force: boolean): Destination {
  const real = realpathSync(path!);
  const { mode } = statSync(real);
  const fingerprint = fingerprintOf(real);
  if (!force && Date.now() - fingerprint.modified < RECENT) {
    throw new CliError("modified within the last minute: a session may still write to it", {
      hint: "wait, or add --force; nothing was replaced",
    });
  }
  return { type: "in-place", path: real, mode: mode & 0o777, fingerprint };
}

function checkUnchanged(path: string, before: Fingerprint): void {
  const now = fingerprintOf(path);
  if (now.size !== before.size || now.modified !== before.modified || now.inode !== before.inode) {
    throw new CliError("changed while it was compacted; nothing was replaced", { hint: "run compact again" });
  }
}

function fingerprintOf(path: string): Fingerprint {
  const { size, mtimeMs, ino } = statSync(path);
  return { size, modified: mtimeMs, inode: ino };
}

/** Below the folder that all inputs share, so that two files of one name do not meet. */
function placeInFolder({ path, name }: Input, inputs: readonly Input[]): string {
  if (path === undefined) return `${name}.jsonl`;
  const folders = inputs.flatMap((input) => (input.path === undefined ? [] : [dirname(input.path)]));
  let shared = folders[0] ?? dirname(path);
  while (!folders.every((folder) => folder === shared || folder.startsWith(join(shared, "/"))))
    shared = dirname(shared);
  return relative(shared, path) || basename(path);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
