// In: where results should go. Out: checked destinations: never an input except by `--in-place`, never an existing file except
// by `--force`. Asks the file system, and writes nothing.
import { existsSync, fstatSync, lstatSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { reasonOf } from "../artifacts/system-errors.ts";
import { type Input, STDIN } from "./inputs.ts";
import type { Io } from "./io.ts";
import { CliError } from "./messages.ts";

export type Destination =
  | { readonly type: "stdout" }
  /** A pipe or a device, which a rename would destroy. */
  | { readonly type: "device"; readonly path: string }
  /** @param replaced what is there now, if anything */
  | { readonly type: "file"; readonly path: string; readonly replaced: Stats | undefined }
  | { readonly type: "in-place"; readonly path: string; readonly replaced: Stats };

/** Everything but a live file, which is replaced with more care than a new one is written. */
export type NewDestination = Exclude<Destination, { readonly type: "in-place" }>;

export interface OutputOptions {
  readonly output: string | undefined;
  readonly inPlace: boolean;
  readonly force: boolean;
}

/** Where the results of a run go. Made before anything is read: a batch may have thousands of inputs. */
export class Destinations {
  private readonly inputs: readonly Input[];
  private readonly options: OutputOptions;
  private readonly io: Pick<Io, "cwd" | "stdin" | "stdout">;
  /** What `--output` names, where it names a place for files. */
  private readonly output: string | undefined;
  private readonly isFolder: boolean;
  private readonly sharedFolder: string;
  private inputsByPlace: ReadonlyMap<string, Input> | undefined;

  constructor(inputs: readonly Input[], options: OutputOptions, io: Pick<Io, "cwd" | "stdin" | "stdout">) {
    const { output } = options;
    this.inputs = inputs;
    this.options = options;
    this.io = io;
    this.output = output === undefined || output === "-" ? undefined : resolve(io.cwd, output);
    this.isFolder =
      inputs.length > 1 ||
      output?.endsWith("/") === true ||
      (this.output !== undefined && isFolder(this.output));
    this.sharedFolder = sharedFolder(
      inputs.flatMap(({ path }) => (path === undefined ? [] : [dirname(path)])),
    );
  }

  /** Whether a message must name the file that it is about. */
  get areMany(): boolean {
    return this.inputs.length > 1;
  }

  /** @throws CliError when inputs and options do not fit together */
  check(): void {
    const { inputs, output } = this;
    if (this.options.inPlace) {
      if (this.options.output !== undefined)
        throw new CliError("--output and --in-place exclude each other, expected one of them");
      if (inputs.some(({ path }) => path === undefined)) throw new CliError(`${STDIN}: ${NOT_REPLACEABLE}`);
    } else if (inputs.length > 1) {
      if (output === undefined) {
        throw new CliError(`${inputs.length} files would run together on one output, expected one file`, {
          hint: "add -o DIRECTORY, or -i to compact each in place",
        });
      }
      if (existsSync(output) && !isFolder(output))
        throw new CliError(
          `${this.options.output}: a file, expected a directory for ${inputs.length} inputs`,
        );
      this.refuseMeeting();
    }
  }

  /** @throws CliError when the result may not be written where it belongs */
  of(input: Input): Destination {
    return destinationAt(this.targetOf(input), input, this.options);
  }

  /** The same for a command that replaces nothing in place. @throws CliError when the result may not be written there */
  newOf(input: Input): NewDestination {
    return newDestinationAt(this.targetOf(input), this.options.force);
  }

  /**
   * What of a destination depends on the other files of the run: its path; undefined for stdout and in place.
   *
   * @throws CliError when it is one of the inputs
   */
  targetOf(input: Input): string | undefined {
    if (this.options.inPlace) return undefined;
    const path = this.pathOf(input);
    if (path === undefined) this.refuseInputAsStdout(input);
    else this.refuseInput(path, input);
    return path;
  }

  /** For what is written beside the results. @throws CliError when that would replace an input or an output */
  beside(named: string): NewDestination {
    const path = resolve(this.io.cwd, named);
    this.refuseInput(path);
    if (this.inputs.some((input) => this.pathOf(input) === path))
      throw new CliError("the report is the output, expected another file");
    return newFile(path, this.options.force);
  }

  /** Undefined for stdout. Several files lie below the folder that they share, or that their glob begins with, so that two of one name do not meet. */
  private pathOf({ name, path, root }: Input): string | undefined {
    if (this.options.inPlace) return path;
    if (this.output === undefined || !this.isFolder) return this.output;
    const place =
      path === undefined ? `${name}.jsonl` : relative(root ?? this.sharedFolder, path) || basename(path);
    return join(this.output, place);
  }

  /** `stdin.jsonl` may come from stdin and from a file of that name. */
  private refuseMeeting(): void {
    const paths = new Set<string | undefined>();
    for (const path of this.inputs.map((input) => this.pathOf(input))) {
      if (paths.has(path)) throw new CliError(`${path}: the output of two inputs, expected one of each`);
      paths.add(path);
    }
  }

  private refuseInput(path: string, own?: Input): void {
    if (!existsSync(path)) return;
    this.inputsByPlace ??= new Map(
      this.inputs.flatMap((other) =>
        other.path !== undefined && existsSync(other.path) ? [[realpathSync(other.path), other]] : [],
      ),
    );
    const input = this.inputsByPlace.get(realpathSync(path));
    if (input !== undefined) throw isInput(input === own ? "" : ` ${input.name}`);
  }

  /** `compact FILE >> FILE` would append to what it reads. */
  private refuseInputAsStdout({ path }: Input): void {
    const to = statOf(this.io.stdout);
    if (!to?.isFile()) return;
    const from = path === undefined ? statOf(this.io.stdin) : statSync(path, { throwIfNoEntry: false });
    if (from?.ino === to.ino && from.dev === to.dev) throw isInput("");
  }
}

/**
 * @param target what `targetOf` says
 * @throws CliError when the result may not be written there
 */
export function destinationAt(target: string | undefined, input: Input, options: OutputOptions): Destination {
  return options.inPlace ? inPlaceOf(input) : newDestinationAt(target, options.force);
}

function newDestinationAt(target: string | undefined, force: boolean): NewDestination {
  return target === undefined ? { type: "stdout" } : newFile(target, force);
}

const NOT_REPLACEABLE = "cannot be replaced by --in-place, expected a file";

function inPlaceOf({ path }: Input): Destination {
  if (path === undefined) throw new CliError(NOT_REPLACEABLE);
  const real = realpathSync(path);
  const replaced = statSync(real);
  // A directory is told of by whoever tries to read it.
  if (!replaced.isFile() && !replaced.isDirectory()) throw new CliError(NOT_REPLACEABLE);
  return { type: "in-place", path: real, replaced };
}

function newFile(path: string, force: boolean): NewDestination {
  const replaced = statAt(path);
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

function isInput(which: string): CliError {
  return new CliError(`the output is the input${which}, expected another file`, {
    hint: "use -i to compact a file in place",
  });
}

function statAt(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    throw new CliError(`${path} cannot be written: ${reasonOf(cause)}`, { cause });
  }
}

function statOf({ fd }: { readonly fd?: number }): Stats | undefined {
  return fd === undefined ? undefined : fstatSync(fd);
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function sharedFolder(folders: readonly string[]): string {
  let shared = folders[0] ?? "/";
  for (const folder of new Set(folders)) {
    while (folder !== shared && !folder.startsWith(join(shared, "/"))) shared = dirname(shared);
  }
  return shared;
}
