// The program. In: arguments and streams. Out: an exit code; it never ends the process itself, so that streams can drain.
import { Command, CommanderError, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { type CompactFlags, runCompact } from "./commands/compact.ts";
import type { FactsFlags } from "./commands/facts.ts";
import { type GetFlags, runGet } from "./commands/get.ts";
import { listFormats, listPresets, listStages } from "./commands/lists.ts";
import { type RestoreFlags, runRestore } from "./commands/restore.ts";
import { ExitCode } from "./exit-codes.ts";
import { type Flag, flags, flagUsage } from "./flags.ts";
import { longHelp, shortHelp } from "./help.ts";
import { type Io, ReaderGoneError, write } from "./io.ts";
import { tellError } from "./messages.ts";

/** Runs one command. Whatever happens is a message and a code, never an exception. */
export async function main(io: Io): Promise<ExitCode> {
  let code: ExitCode = ExitCode.done;
  const finish = async (run: Promise<ExitCode>) => {
    code = await run;
  };
  const program = buildProgram(io, finish);
  try {
    await program.parseAsync([...io.args], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof ReaderGoneError) return ExitCode.done;
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.error;
    await tellError(io, error, {
      quiet: false,
      verbose: io.args.includes("-v") || io.args.includes("--verbose"),
    }).catch(
      () => {}, // stderr is gone too: nobody is left to tell
    );
    return ExitCode.error;
  }
}

function buildProgram(io: Io, finish: (run: Promise<ExitCode>) => Promise<void>): Command {
  const program = new Command("compact")
    .version(packageJson.version, "-V, --version")
    .helpOption(false)
    .helpCommand(false)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text.replace(/^error: /, "compact: ")),
    })
    .argument("[file...]")
    .option("-h", "short help")
    .option("--help", "full help");
  for (const flag of flags) {
    program.addOption(optionOf(flag));
  }
  program.action((files: string[], options: CompactFlags & Record<string, unknown>) =>
    finish(runMain(files, options, io)),
  );

  program
    .command("restore [file]")
    .helpOption("-h, --help")
    .description("the original bytes of a compacted transcript")
    .option("-o, --output <PATH>", "write there instead of stdout")
    .option("-a, --artifacts <DIR>", "the store")
    .option("--force", "replace an existing file")
    .action((file: string | undefined, options: RestoreFlags) => finish(runRestore(file, options, io)));
  program
    .command("get <ref>")
    .helpOption("-h, --help")
    .description("the text behind a marker, or lines of it: REF, REF:12-52")
    .option("-a, --artifacts <DIR>", "the store")
    .action((ref: string, options: GetFlags) => finish(runGet(ref, options, io)));
  program
    .command("facts [files...]")
    .helpOption("-h, --help")
    .description("what sessions establish: constraints, errors, files, commands, findings, plan")
    .option("--json", "all of it, as JSON")
    .option("--md", "as Markdown (default)")
    .option("--since <LINE|DATE>", "what was stated or changed there or later")
    .option("--max-tokens <N>", "a ledger of at most so many tokens, as Markdown")
    .option("--tokenizer <NAME>", "for --max-tokens (default: o200k_base)")
    .option("-a, --artifacts <DIR>", "the store, for transcripts that were compacted")
    .action(async (files: string[], options: FactsFlags) =>
      finish((await import("./commands/facts.ts")).runFacts(files, options, io)),
    );
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}

/** The flags that print something and end, and else the main command. */
async function runMain(
  files: string[],
  options: CompactFlags & Record<string, unknown>,
  io: Io,
): Promise<ExitCode> {
  const printed = PRINTING_FLAGS.find(([name]) => options[name] === true);
  if (printed === undefined) return runCompact(files, options, io);
  await write(io.stdout, printed[1]());
  return ExitCode.done;
}

const PRINTING_FLAGS: readonly (readonly [name: string, print: () => string])[] = [
  ["help", longHelp],
  ["h", shortHelp],
  ["listStages", listStages],
  ["listPresets", listPresets],
  ["listFormats", listFormats],
];

function optionOf(flag: Flag): Option {
  const usage = flagUsage(flag).trim();
  const option = new Option(
    flag.value === undefined ? usage : usage.replace(` ${flag.value}`, " <value>"),
    flag.description,
  );
  if (flag.choices !== undefined) option.choices(flag.choices);
  // Collected one by one: commander's own lists would swallow the files behind them.
  if (flag.repeats)
    option.argParser((value: string, previous: readonly string[] = []) => [...previous, value]);
  return option;
}
