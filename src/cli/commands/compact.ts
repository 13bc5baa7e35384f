// The main command. In: flags and files. Out: for each file the store, then the output, then, for all, the report. One bad file
// does not stop the others.
import { existsSync } from "node:fs";
import { resolve as resolvePath } from "node:path";
import { describe, resolve } from "../../config/resolve.ts";
import { type CompactFlags, settingsOf } from "../compact-flags.ts";
import { Destinations } from "../destinations.ts";
import { runEachLine } from "../each-line.ts";
import { ExitCode } from "../exit-codes.ts";
import { findFiles, shardOf } from "../find-files.ts";
import { shortHelp } from "../help.ts";
import type { Io } from "../io.ts";
import { CliError, tell, tellText } from "../messages.ts";
import { writeOutput } from "../outputs.ts";
import { commandMeant } from "../parser.ts";
import { runAndReport } from "../report-run.ts";

export async function runCompact(names: readonly string[], flags: CompactFlags, io: Io): Promise<ExitCode> {
  const settings = settingsOf(flags, io.cwd);
  const config = resolve(settings);
  if (flags.printConfig) {
    const printed = `${JSON.stringify(describe(config, settings.artifacts), null, 2)}\n`;
    await writeOutput({ type: "stdout" }, [Buffer.from(printed)], io);
    return ExitCode.done;
  }
  if (names.length === 0 && io.stdin.isTTY && !flags.inPlace) {
    await tellText(io, shortHelp());
    return ExitCode.error;
  }
  refuseMistypedCommand(names, io.cwd);
  if (flags.eachLine) return runEachLine(names, flags, settings, io);
  if (flags.inlineArtifacts) throw new CliError("--inline-artifacts is for --each-line, expected both");
  const inputs = shardOf(await findFiles(names, io.cwd), flags.shard);
  const options = { output: flags.output, inPlace: flags.inPlace === true, force: flags.force === true };
  if (!flags.dryRun) {
    new Destinations(inputs, options, io).check();
    if (options.inPlace && !config.withRefs && !options.force) throw losesText();
  }
  if (!config.withRefs && !flags.quiet && !flags.dryRun) {
    await tell(io, "nothing is stored (--no-artifacts): the output cannot be restored");
  }
  return runAndReport(inputs, flags, settings, io);
}

/** `compact restor FILE` would read two files. */
function refuseMistypedCommand([first]: readonly string[], cwd: string): void {
  const hint = first === undefined ? undefined : commandMeant(first);
  if (first === undefined || hint === undefined || existsSync(resolvePath(cwd, first))) return;
  throw new CliError(`${first}: no such file or directory`, { hint });
}

function losesText(): CliError {
  return new CliError("--no-artifacts with --in-place would lose text for good, expected one of them", {
    hint: "add --force to do it all the same",
  });
}
