// In: where a result should go. Out: checked destinations, and the result there whole or not at all. Never touches an input
// except by `--in-place`, and never an existing file except by `--force`.
import { existsSync, lstatSync, mkdirSync, realpathSync, type Stats, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Writable } from "node:stream";
import { writeFilesAtomically } from "../artifacts/atomic-write.ts";
import { type Input, STDIN } from "./inputs.ts";
import { ReaderGoneError, write } from "./io.ts";
import { CliError, describeError } from "./messages.ts";

export type Destination =
  | { readonly type: "stdout" }
  /** A pipe or a device, which a rename would destroy. */
  | { readonly type: "device"; readonly path: string }
  /** @param replaced what is there now, if anything */
  | { readonly type: "file"; readonly path: string; readonly replaced: Stats | undefined }
  | { readonly type: "in-place"; readonly path: string; readonly replaced: Stats };

export interface OutputOptions {
  readonly output: string | undefined;
  readonly inPlace: boolean;
  readonly force: boolean;
}

/** A file that was touched so recently may belong to a session that runs. In milliseconds. */
const RECENT = 60_000;

const NEW_FILE_MODE = 0o600; // transcripts hold secrets

/** @throws CliError when inputs and destination do not fit together, before anything is read */
export function checkDestination(inputs: readonly Input[], options: OutputOptions, cwd: string): void {
  const { output, inPlace } = options;
  if (inPlace) {
    if (output !== undefined)
      throw new CliError("--output and --in-place exclude each other, expected one of them");
    if (inputs.some(({ path }) => path === undefined)) throw notReplaceable(STDIN);
  } else if (inputs.length > 1) {
    if (output === undefined || output === "-") {
      throw new CliError(`${inputs.length} files would run together on one output, expected one file`, {
        hint: "add -o DIRECTORY, or -i to compact each in place",
      });
    }
    const there = statSync(resolve(cwd, output), { throwIfNoEntry: false });
    if (there !== undefined && !there.isDirectory())
      throw new CliError(`${output}: a file, expected a directory for ${inputs.length} inputs`);
    refuseMeeting(inputs.map((input) => outputPath(input, inputs, options, cwd)));
  }
}

/** `stdin.jsonl` may come from stdin and from a file of that name. */
function refuseMeeting(paths: readonly (string | undefined)[]): void {
  const twice = paths.find((path, i) => paths.indexOf(path) !== i);
  if (twice !== undefined) throw new CliError(`${twice}: the output of two inputs, expected one of each`);
}

/** @throws CliError when the result may not be written there */
export function destinationOf(
  input: Input,
  inputs: readonly Input[],
  options: OutputOptions,
  cwd: string,
): Destination {
  if (options.inPlace) return inPlaceOf(input);
  const path = outputPath(input, inputs, options, cwd);
  if (path === undefined) return { type: "stdout" };
  refuseInput(path, inputs, input);
  return newFile(path, options.force);
}

/** Where the result of an input belongs; undefined for stdout. */
export function outputPath(
  input: Input,
  inputs: readonly Input[],
  { output, inPlace }: OutputOptions,
  cwd: string,
): string | undefined {
  if (inPlace) return input.path;
  if (output === undefined || output === "-") return undefined;
  const named = resolve(cwd, output);
  const isFolder =
    inputs.length > 1 ||
    output.endsWith("/") ||
    statSync(named, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? join(named, placeInFolder(input, inputs)) : named;
}

/** @throws CliError when a path is one of the inputs, by whatever name */
export function refuseInput(path: string, inputs: readonly Input[], own?: Input): void {
  if (!existsSync(path)) return;
  const real = realpathSync(path);
  for (const input of inputs) {
    if (input.path === undefined || !existsSync(input.path) || realpathSync(input.path) !== real) continue;
    const which = input === own ? "" : ` ${input.name}`;
    throw new CliError(`the output is the input${which}, expected another file`, {
      hint: "use -i to compact a file in place",
    });
  }
}

/** @throws CliError when a file is there and may not be replaced */
export function newFile(path: string, force: boolean): Destination {
  const replaced = statSync(path, { throwIfNoEntry: false });
  if (replaced === undefined) {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return { type: "file", path, replaced };
    throw new CliError(`${path} is a link to nothing, expected a file or a new name`);
  }
  if (replaced.isDirectory()) throw new CliError(`${path} is a directory, expected a file`);
  if (!replaced.isFile()) return { type: "device", path };
  if (!force) {
    throw new CliError(`${path} exists, expected a new name`, { hint: "add --force to replace it" });
  }
  return { type: "file", path: realpathSync(path), replaced };
}

/** @throws CliError when a file is to be replaced to which a session may still write */
export function refuseRecent(destination: Destination, force: boolean): void {
  if (destination.type !== "in-place" || force) return;
  if (Date.now() - destination.replaced.mtimeMs >= RECENT) return;
  throw new CliError(
    "modified within the last minute, expected an older one: a session may still write to it",
    { hint: "wait, or add --force; nothing was replaced" },
  );
}

/**
 * Puts a result where it belongs.
 *
 * @throws CliError when it cannot be written, or when a file changed that would be replaced; ReaderGoneError
 */
export async function writeOutput(
  destination: Destination,
  chunks: readonly Buffer[],
  stdout: Writable,
): Promise<void> {
  try {
    if (destination.type === "stdout") await write(stdout, joined(chunks));
    else if (destination.type === "device") writeFileSync(destination.path, joined(chunks));
    else writeWhole(destination, chunks);
  } catch (cause) {
    if (cause instanceof ReaderGoneError || cause instanceof CliError) throw cause;
    const place = destination.type === "stdout" ? "stdout" : destination.path;
    throw new CliError(`${place} cannot be written: ${describeError(cause).message}`, { cause });
  }
}

function writeWhole(
  { type, path, replaced }: Extract<Destination, { type: "file" | "in-place" }>,
  chunks: readonly Buffer[],
): void {
  mkdirSync(dirname(path), { recursive: true });
  const file =
    replaced === undefined
      ? { path, chunks, mode: NEW_FILE_MODE }
      : { path, chunks, mode: replaced.mode & 0o777, owner: replaced };
  writeFilesAtomically([file], () => {
    if (type === "in-place" && replaced !== undefined) refuseChanged(path, replaced);
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

function inPlaceOf({ name, path }: Input): Destination {
  if (path === undefined) throw notReplaceable(name);
  const real = realpathSync(path);
  const replaced = statSync(real);
  if (!replaced.isFile() && !replaced.isDirectory()) throw new CliError(NOT_REPLACEABLE);
  return { type: "in-place", path: real, replaced };
}

const NOT_REPLACEABLE = "cannot be replaced by --in-place, expected a file";

function notReplaceable(name: string): CliError {
  return new CliError(`${name}: ${NOT_REPLACEABLE}`);
}

function refuseChanged(path: string, before: Stats): void {
  const now = statSync(path);
  if (now.size === before.size && now.mtimeMs === before.mtimeMs && now.ino === before.ino) return;
  throw new CliError("changed while it was compacted, expected it to rest; nothing was replaced", {
    hint: "run compact again",
  });
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
