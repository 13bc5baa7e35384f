// In: mini-swe-agent trajectories (.traj.json). Out: the same conversations as OpenAI chat messages, one a line, in a directory: what
// `compact evaluate` can read. A development tool: `node test/evaluate/trajectories-to-chat.mjs DIRECTORY FILE...`
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const [directory, ...files] = process.argv.slice(2);
if (directory === undefined || files.length === 0) {
  throw new Error("expected a directory to write to, and trajectories");
}
mkdirSync(directory, { recursive: true });
for (const file of files) {
  const { messages } = JSON.parse(readFileSync(file, "utf8"));
  if (!Array.isArray(messages)) continue;
  const lines = messages.map(({ role, content }) => `${JSON.stringify({ role, content })}\n`);
  writeFileSync(join(directory, `${basename(file, ".traj.json")}.jsonl`), lines.join(""));
}
