// A few seconds of the minutes of `npm run soak`: enough to see that nothing is wrong in principle.
import { join } from "node:path";
import { expect, test } from "vitest";
import { Place } from "../cli/run.ts";
import { soak } from "./watched-agents.ts";

const program = join(import.meta.dirname, "../../bin/compact.js");

test.runIf(process.platform === "linux")(
  "agents that write, die, rotate and delete below a watcher that dies too lose no line, and double none",
  async () => {
    const { directory } = new Place();
    const tally = await soak({ folder: directory, program, seconds: 5, sessions: 2, random: Math.random });
    expect(tally.findings).toEqual([]);
    expect(tally.events.cut).toBeGreaterThan(0);
    expect(tally.lines).toBeGreaterThan(0);
  },
);
