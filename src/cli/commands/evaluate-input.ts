// In: one input of `evaluate`. Out: what it measures there. What goes wrong is told, and stops no other.
import { type Input, readInput } from "../inputs.ts";
import type { Io } from "../io.ts";
import { tell, tellError } from "../messages.ts";

/**
 * The events of a turn of the loop come in between: Ctrl-C among them.
 *
 * @param measure undefined for a file in no known format
 * @returns undefined after an error, which was told
 */
export async function evaluateInput<Measured>(
  input: Input,
  { verbose, quiet }: { readonly verbose?: boolean; readonly quiet?: boolean },
  io: Io,
  measure: (name: string, source: Buffer) => Measured[] | undefined,
): Promise<Measured[] | undefined> {
  try {
    const measured = measure(input.name, await readInput(input, io));
    await new Promise((done) => setImmediate(done));
    if (measured === undefined && !quiet)
      await tell(io, `${input.name}: no known transcript format, expected one of --list-formats`);
    return measured ?? [];
  } catch (error) {
    await tellError(io, error, verbose === true, input.name);
    return undefined;
  }
}
