// In: arguments. Out: which command they call, with which flags and operands; or an error in our own words. The only file that
// knows the argument parser.
import { Command, CommanderError, Option } from "commander";
import { didYouMean, find, nearest } from "../config/names.ts";
import { commands } from "./commands/index.ts";
import { type Flag, flags } from "./flags.ts";
import { CliError } from "./messages.ts";

export interface Invocation {
  /** Undefined for the main command. */
  readonly command: string | undefined;
  readonly operands: readonly string[];
  /** By the name of the flag in camel case. */
  readonly flags: Readonly<Record<string, unknown>>;
}

/** @throws CliError on flags that mean nothing */
export function parse(args: readonly string[]): Invocation {
  let invocation: Invocation | undefined;
  const program = silent(new Command("compact"))
    .enablePositionalOptions() // flags behind the name of a command belong to that command
    .argument("[file...]")
    .option("-V, --version")
    .action((operands: string[], given: Record<string, unknown>) => {
      invocation = { command: undefined, operands, flags: given };
    });
  addFlags(program, flags);
  for (const { name, flags: only = [] } of commands) {
    const own = [...flags.filter((flag) => flag.commands?.includes(name)), ...only];
    const command = silent(program.command(name))
      .argument("[operand...]")
      .action((operands: string[], given: Record<string, unknown>) => {
        refuseForeign(name, program.opts(), command);
        invocation = { command: name, operands, flags: { ...program.opts(), ...given } };
      });
    addFlags(command, own);
  }
  try {
    program.parse(filesBehindDashes(args), { from: "user" });
  } catch (error) {
    throw error instanceof CommanderError ? inOurWords(error) : error;
  }
  if (invocation === undefined) throw new Error("the parser called no command");
  checkChoices(invocation.flags);
  return invocation;
}

/** The parser would take a file for a command, also behind `--`. */
function filesBehindDashes(args: readonly string[]): string[] {
  const dashes = args.indexOf("--");
  const isFile = (arg: string, i: number) =>
    dashes !== -1 && i > dashes && commands.some(({ name }) => name === arg);
  return args.map((arg, i) => (isFile(arg, i) ? `./${arg}` : arg));
}

/** Our own help and messages; errors are thrown instead of printed. */
function silent(command: Command): Command {
  return command
    .helpOption(false)
    .helpCommand(false)
    .option("-h")
    .option("--help")
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} });
}

function addFlags(command: Command, list: readonly Flag[]): void {
  for (const { long, short, value, repeats } of list) {
    const names = `${short === undefined ? "" : `-${short}, `}--${long}`;
    const option = new Option(value === undefined ? names : `${names} <value>`);
    // Collected one by one: commander's own lists would swallow the files behind them.
    if (repeats) option.argParser((item: string, before: readonly string[] = []) => [...before, item]);
    command.addOption(option);
  }
}

/** `compact -p mask restore FILE`: a flag that the command does not have must not be dropped. */
function refuseForeign(name: string, given: Readonly<Record<string, unknown>>, command: Command): void {
  const own = new Set(command.options.map((option) => option.attributeName()));
  const foreign = flags.find(({ long }) => given[camelCase(long)] !== undefined && !own.has(camelCase(long)));
  if (foreign === undefined) return;
  throw new CliError(`--${foreign.long} is no option of compact ${name}, expected one of its --help`);
}

function checkChoices(given: Readonly<Record<string, unknown>>): void {
  for (const { long, choices } of flags) {
    const value = given[camelCase(long)];
    if (choices !== undefined && value !== undefined) {
      const known = choices.map((name) => ({ name }));
      find(`--${long}`, known, String(value));
    }
  }
}

/** The names of flags as the parser reports them. */
function camelCase(long: string): string {
  return long.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function inOurWords(error: CommanderError): CliError {
  const named = /'(.+?)'/s.exec(error.message)?.[1] ?? "";
  if (error.code === "commander.unknownOption") {
    const long = flags.map((flag) => `--${flag.long}`);
    return new CliError(`unknown option \`${named}\`, expected one of --help`, {
      hint: named.startsWith("--") ? didYouMean(named, long) : undefined,
      cause: error,
    });
  }
  if (error.code === "commander.optionMissingArgument") {
    const names = named.replace(" <value>", "");
    const flag = flags.find(({ long }) => names.endsWith(`--${long}`));
    return new CliError(`${names} needs a value, expected ${flag?.value}`, { cause: error });
  }
  return new CliError(error.message.replace(/^error: /, ""), { cause: error });
}

/** For a file that is not there: its name may be a mistyped command. */
export function commandMeant(name: string): string | undefined {
  const meant = nearest(
    name,
    commands.map((command) => command.name),
  );
  return meant === undefined ? undefined : `did you mean \`compact ${meant}\`?`;
}
