// In: the folder in which a client keeps its sessions. Out: the one session file below it: a test starts one session,
// and one only. Those of its own agents, which Claude Code keeps beside it, are none.
import { readdirSync } from "node:fs";
import { join } from "node:path";

export function onlySessionBelow(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".jsonl") && !name.includes("subagents"),
  );
  if (files.length !== 1)
    throw new Error(`expected one session file below ${folder}, found ${files.join(", ")}`);
  return join(folder, files[0] as string);
}
