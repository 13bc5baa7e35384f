// `compact restore FILE`. In: a compacted transcript. Out: the original on stdout or in a file. Nothing is written when a
// piece is missing.
import { Store } from "../../artifacts/store.ts";
import { type Restored, restore } from "../../restore.ts";
import { Destinations } from "../destinations.ts";
import { ExitCode } from "../exit-codes.ts";
import { shortHelp } from "../help.ts";
import { type Input, InterruptedError, inputsOf, readInput } from "../inputs.ts";
import { type Io, ReaderGoneError } from "../io.ts";
import { CliError, tell, tellError, tellText } from "../messages.ts";
import { writeOutput } from "../outputs.ts";

export interface RestoreFlags {
  readonly output?: string;
  readonly artifacts?: string;
  readonly force?: boolean;
  readonly verbose?: boolean;
}

export async function runRestore(
  operands: readonly string[],
  flags: RestoreFlags,
  io: Io,
): Promise<ExitCode> {
  if (operands.length > 1) {
    throw new CliError(`restore: ${operands.length} files, expected one: compact restore FILE`);
  }
  if (operands.length === 0 && io.stdin.isTTY) {
    await tellText(io, shortHelp());
    return ExitCode.error;
  }
  const inputs = inputsOf(operands, io.cwd);
  const [input] = inputs as [Input];
  const options = { output: flags.output, inPlace: false, force: flags.force === true };
  try {
    const destination = new Destinations(inputs, options, io).newOf(input);
    const store = Store.find(flags.artifacts, io.cwd);
    const restored = restore(await readInput(input, io), store);
    if (restored.status !== "incomplete") await writeOutput(destination, [restored.bytes], io);
    return await judge(restored, input, store, io);
  } catch (error) {
    if (error instanceof ReaderGoneError || error instanceof InterruptedError) throw error;
    await tellError(io, error, flags.verbose === true, input.name);
    return ExitCode.error;
  }
}

/** What the exit code says about it, and the messages that go with it. */
async function judge(restored: Restored, { name }: Input, store: Store, io: Io): Promise<ExitCode> {
  if (restored.status === "incomplete") {
    for (const { line, message } of restored.missing) await tell(io, `${name}:${line}: ${message}`);
    await tell(
      io,
      `${name}: cannot be restored, nothing was written`,
      `looked in ${store.directory}; name another store with -a DIR`,
    );
    return ExitCode.error;
  }
  if (restored.status !== "content") return ExitCode.done;
  await tell(io, `${name}: content restored, bytes not verified`);
  if (restored.copiesLeft > 0)
    await tell(io, `${name}: ${restored.copiesLeft} copies that the model never sees stay removed`);
  return ExitCode.condition;
}
