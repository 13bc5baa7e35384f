// The main command. In: flags and files. Out: for each file the store, then the output, then, for all, the report. One bad file
// does not stop the others.
import { existsSync } from "node:fs";
import { resolve as resolvePath } from "node:path";
import { Store } from "../../artifacts/store.ts";
import { describe, resolve } from "../../config/resolve.ts";
import type { FileReport } from "../../report/report.ts";
import { type Batch, compactFile } from "../compact-file.ts";
import { type CompactFlags, settingsOf } from "../compact-flags.ts";
import { Destinations } from "../destinations.ts";
import { ExitCode, worst } from "../exit-codes.ts";
import { shortHelp } from "../help.ts";
import { type Input, InterruptedError, inputsOf } from "../inputs.ts";
import type { Io } from "../io.ts";
import { CliError, tell, tellText } from "../messages.ts";
import { writeOutput } from "../outputs.ts";
import { commandMeant } from "../parser.ts";
import { reportPlace, writeReport } from "../report-output.ts";

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
  const inputs = inputsOf(names, io.cwd);
  const options = { output: flags.output, inPlace: flags.inPlace === true, force: flags.force === true };
  const destinations = new Destinations(inputs, options, io);
  if (!flags.dryRun) {
    destinations.check();
    if (options.inPlace && !config.withRefs && !options.force) throw losesText();
  }
  const place = reportPlace(flags.reportFile, destinations);
  if (!config.withRefs && !flags.quiet && !flags.dryRun) {
    await tell(io, "nothing is stored (--no-artifacts): the output cannot be restored");
  }

  const store = Store.find(settings.artifacts || undefined, io.cwd);
  const { reports, codes } = await compactFiles(inputs, { io, flags, config, store, destinations });
  codes.push(await writeReport(reports, place, flags, io));
  return io.interrupted.aborted ? ExitCode.interrupted : worst(codes);
}

/** One after another, up to Ctrl-C: what is done then stays done. */
async function compactFiles(
  inputs: readonly Input[],
  batch: Batch,
): Promise<{ reports: FileReport[]; codes: ExitCode[] }> {
  const reports: FileReport[] = [];
  const codes: ExitCode[] = [];
  try {
    for (const input of inputs) {
      if (batch.io.interrupted.aborted) break;
      const { report, code } = await compactFile(input, batch);
      reports.push(report);
      codes.push(code);
    }
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
  }
  return { reports, codes };
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
