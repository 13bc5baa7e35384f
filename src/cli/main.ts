// The program. In: arguments and streams. Out: an exit code; it never ends the process itself, so that streams can drain.
import packageJson from "../../package.json" with { type: "json" };
import { commands } from "./commands/index.ts";
import { ExitCode } from "./exit-codes.ts";
import { commandHelp, longHelp, shortHelp } from "./help.ts";
import type { InterruptedError } from "./inputs.ts";
import type { Io, ReaderGoneError } from "./io.ts";
import { tellError } from "./messages.ts";
import { writeOutput } from "./outputs.ts";
import { type Invocation, parse } from "./parser.ts";

/** Runs one command. Whatever happens is a message and a code, never an exception. */
export async function main(io: Io): Promise<ExitCode> {
  for (const stream of [io.stdout, io.stderr]) stream.on("error", () => {}); // each write looks after its own
  try {
    const invocation = parse(io.args);
    const text = await printed(invocation);
    if (text === undefined) return await run(invocation, io);
    await writeOutput({ type: "stdout" }, [Buffer.from(text)], io);
    return ExitCode.done;
  } catch (error) {
    if (isNamed(error, "ReaderGoneError")) return ExitCode.done;
    if (isNamed(error, "InterruptedError")) return ExitCode.interrupted;
    await tellError(io, error, isVerbose(io.args));
    return ExitCode.error;
  }
}

async function run({ command, operands, flags }: Invocation, io: Io): Promise<ExitCode> {
  const spec = commands.find(({ name }) => name === command);
  if (spec !== undefined) return spec.run(operands, flags, io);
  const { runCompact } = await import("./commands/compact.ts");
  return runCompact(operands, flags, io);
}

/** What a flag asks to print instead of running: help, version, lists. */
async function printed({ command, flags }: Invocation): Promise<string | undefined> {
  const spec = commands.find(({ name }) => name === command);
  if (flags.help === true || flags.h === true) {
    if (spec !== undefined) return commandHelp(spec);
    return flags.help === true ? longHelp() : shortHelp();
  }
  if (flags.version === true) return `${packageJson.version}\n`;
  if (LISTS.every(([flag]) => flags[flag] !== true)) return undefined;
  const lists = await import("./commands/lists.ts");
  return LISTS.filter(([flag]) => flags[flag] === true)
    .map(([, list]) => lists[list]())
    .join("");
}

const LISTS = [
  ["listStages", "listStages"],
  ["listPresets", "listPresets"],
  ["listFormats", "listFormats"],
] as const;

/** By name: a command that is a file of its own brings classes of its own. */
function isNamed(error: unknown, name: (ReaderGoneError | InterruptedError)["name"]): boolean {
  return error instanceof Error && error.name === name;
}

/** Asked of the arguments themselves, since it may be they that are wrong. */
function isVerbose(args: readonly string[]): boolean {
  return args.includes("-v") || args.includes("--verbose");
}
