// In: the name of an encoding. Out: the bytes of its table, from the file that the build made. The only effect of src/tokens.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExactTokenizerName } from "./token-counter.ts";

// The bundle lies in dist, beside the tables; the sources, when tests run them, two folders away from them.
const folders = [join(__dirname, "tokens"), join(__dirname, "..", "..", "dist", "tokens")];

/** Reads the table of an encoding. */
export function readTable(name: ExactTokenizerName, lookIn: readonly string[] = folders): Uint8Array {
  const failures: unknown[] = [];
  for (const folder of lookIn) {
    try {
      return readFileSync(join(folder, `${name}.table`));
    } catch (error) {
      failures.push(error);
    }
  }
  throw new Error(
    `no token table for ${name} in ${lookIn.join(" or ")}; \`npm run build\` makes it, and an installed package contains it`,
    { cause: failures.length === 1 ? failures[0] : new AggregateError(failures) },
  );
}
