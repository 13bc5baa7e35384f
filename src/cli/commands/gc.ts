// `compact gc`. In: a store, and the transcripts that count. Out: on stdout what nobody needs, by kind; with --force it is removed.
// Nothing is removed where anything is in doubt.
import { rmSync } from "node:fs";
import { Store } from "../../artifacts/store.ts";
import { Needed, type StoredFile, type StoredKind, unneeded } from "../../artifacts/sweep.ts";
import { readyResults } from "../../watch/ready.ts";
import { ExitCode } from "../exit-codes.ts";
import { findFiles } from "../find-files.ts";
import { readInput } from "../inputs.ts";
import type { Io } from "../io.ts";
import { CliError } from "../messages.ts";
import { writeOutput } from "../outputs.ts";

export interface GcFlags {
  readonly keep?: readonly string[];
  readonly artifacts?: string;
  readonly force?: boolean;
}

export async function runGc(operands: readonly string[], flags: GcFlags, io: Io): Promise<ExitCode> {
  if (operands.length > 0 && flags.keep === undefined) {
    throw new CliError(`gc: files without --keep: ${operands.join(" ")}`, {
      hint: "for example: compact gc --keep 'runs/**/*.jsonl'",
    });
  }
  const store = Store.find(flags.artifacts, io.cwd);
  // A shell that expanded the glob gave its first file to the flag and the others to us.
  const keep = flags.keep === undefined ? undefined : [...flags.keep, ...operands];
  const needed = keep === undefined ? undefined : await neededFor(keep, store, io);
  const files = unneeded(store, needed, Date.now());
  if (flags.force === true) for (const { path } of files) rmSync(path, { force: true });
  await writeOutput({ type: "stdout" }, [Buffer.from(summary(files, store, flags.force === true))], io);
  return ExitCode.done;
}

/** By those that were named, and by those that wait in the store for their writer to end. */
async function neededFor(keep: readonly string[], store: Store, io: Io): Promise<Needed> {
  const needed = new Needed(store);
  for (const input of await findFiles(keep, io.cwd)) needed.add(await readInput(input, io));
  for (const result of readyResults(store)) needed.add(result);
  return needed;
}

const KINDS: Readonly<Record<StoredKind, string>> = {
  artifacts: "artifacts",
  undo: "undo records",
  runs: "runs",
  temporary: "temporary files",
};

function summary(files: readonly StoredFile[], store: Store, isRemoved: boolean): string {
  if (files.length === 0) return `${store.directory}: nothing that nobody needs\n`;
  const rows = Object.entries(KINDS).flatMap(([kind, name]) => {
    const some = files.filter((file) => file.kind === kind);
    const bytes = some.reduce((sum, file) => sum + file.bytes, 0);
    return some.length === 0 ? [] : [`  ${name.padEnd(17)}${number(some.length)}  ${number(bytes)} bytes\n`];
  });
  const end = isRemoved ? "removed" : "nothing was removed; --force removes them";
  return [`${store.directory}: nobody needs\n`, ...rows, `${end}\n`].join("");
}

function number(value: number): string {
  return value.toLocaleString("en-US").padStart(11);
}
