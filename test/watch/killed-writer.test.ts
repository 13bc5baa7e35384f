// A few of the thousand kills of `npm run soak`: enough to see that nothing is wrong in principle.
import { join } from "node:path";
import { expect, test } from "vitest";
import { Place } from "../cli/run.ts";
import { killWriters } from "./killed-writer.ts";

const PROGRAM = join(import.meta.dirname, "../../bin/compact.js");

test.runIf(process.platform === "linux")(
  "a writer that is killed 50 times while the file is replaced loses no line, and doubles none",
  async () => {
    const tally = await killWriters(50, new Place().directory, PROGRAM, Math.random);
    expect(tally.findings).toEqual([]);
    expect(tally.kills).toBe(50);
    expect(tally.swaps).toBeGreaterThan(0);
  },
);
