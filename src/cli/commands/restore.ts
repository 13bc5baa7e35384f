// `compact restore FILE`. In: a compacted transcript. Out: the original on stdout or in a file. Nothing is written when a
// piece is missing.
import { Store } from "../../artifacts/store.ts";
import { restore } from "../../restore.ts";
import { ExitCode } from "../exit-codes.ts";
import { inputsOf, readInput } from "../inputs.ts";
import type { Io } from "../io.ts";
import { tell } from "../messages.ts";
import { destinationOf, writeOutput } from "../outputs.ts";

export interface RestoreFlags {
  readonly output?: string;
  readonly artifacts?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

export async function runRestore(name: string | undefined, flags: RestoreFlags, io: Io): Promise<ExitCode> {
  const inputs = inputsOf(name === undefined ? [] : [name], io.cwd);
  const input = inputs[0]!;
  const options = { output: flags.output, inPlace: false, force: flags.force === true };
  const destination = destinationOf(input, inputs, options, io.cwd);
  const store = Store.find(flags.artifacts, io.cwd);
  const restored = restore(await readInput(input, io), store);
  if (io.interrupted.aborted) return ExitCode.interrupted;

  if (restored.status === "incomplete") {
    for (const piece of restored.missing) await tell(io, `${input.name}: ${piece}`);
    await tell(
      io,
      `${input.name}: cannot be restored, nothing was written`,
      `looked in ${store.directory}; name another store with -a DIR`,
    );
    return ExitCode.error;
  }
  await writeOutput(destination, [restored.bytes], io);
  if (restored.status !== "content") return ExitCode.done;
  await tell(io, `${input.name}: content restored, bytes not verified`);
  if (restored.copiesLeft > 0) {
    await tell(io, `${input.name}: ${restored.copiesLeft} copies that the model never sees stay removed`);
  }
  return ExitCode.condition;
}
