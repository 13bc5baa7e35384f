// Codex: hooks in hooks.json beside config.toml, a skill. It holds a session's file open as long as it runs, so a result waits for
// SessionEnd. Hooks run once the user has trusted them; that is the user's to say, and nothing here says it for them.
import { join } from "node:path";
import type { Harness, Scope, Surroundings } from "./harness.ts";
import { hookCommand } from "./hook-command.ts";
import { SKILL_NAME, SKILL_TEXT } from "./skill.ts";

function userFolder({ env, home }: Surroundings): string {
  return env.CODEX_HOME || join(home, ".codex");
}

function folder(scope: Scope, around: Surroundings): string {
  return scope === "user" ? userFolder(around) : join(around.cwd, ".codex");
}

export const codex: Harness = {
  name: "codex",
  title: "Codex",

  wiring: (scope, around, options) => ({
    folder: folder(scope, around),
    pieces: [
      {
        kind: "hooks",
        path: join(folder(scope, around), "hooks.json"),
        events: [
          { name: "SessionStart", matcher: "resume|fork|compact" },
          { name: "PreCompact" },
          { name: "Stop" },
          { name: "SessionEnd" },
        ],
        command: hookCommand("codex", options),
      },
      {
        kind: "file",
        path: join(folder(scope, around), "skills", SKILL_NAME, "SKILL.md"),
        text: SKILL_TEXT,
      },
    ],
    byHand: [
      { command: "/hooks", purpose: "in Codex: review the hooks and trust them; until then they do not run" },
      {
        command: "codex mcp add compact -- compact mcp",
        purpose: "get, search, facts and actions as tools",
      },
    ],
  }),

  hooks: {
    sessions: (around) => join(userFolder(around), "sessions"),
    tellsSummariser: false,
  },
};
