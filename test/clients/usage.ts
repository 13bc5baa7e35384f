// In: a place where a client has worked. Out: what ccusage, which users bill themselves with, counts there.
import { join } from "node:path";
import type { Place } from "./client.ts";
import { baseEnvironment, installFolder, runNode } from "./drive.ts";

/** The totals over every session below the scratch home; prices come from ccusage's own table. */
export async function usageTotals(place: Place): Promise<Record<string, number>> {
  const program = join(installFolder(), "node_modules/ccusage/src/cli.js");
  const ended = await runNode(program, ["session", "--json", "--offline"], {
    cwd: place.project,
    environment: baseEnvironment(place),
  });
  if (ended.code !== 0) throw new Error(`ccusage ended with ${ended.code}: ${ended.stderr}`);
  return (JSON.parse(ended.stdout) as { totals: Record<string, number> }).totals;
}
