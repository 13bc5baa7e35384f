// Claude Code: hooks in settings.json, a skill. What the client does with each was tried with the version that test/clients pins.
import { join } from "node:path";
import type { Harness, Scope, Surroundings } from "./harness.ts";
import { hookCommand } from "./hook-command.ts";
import { SKILL_NAME, SKILL_TEXT } from "./skill.ts";

function userFolder({ env, home }: Surroundings): string {
  return env.CLAUDE_CONFIG_DIR || join(home, ".claude");
}

function folder(scope: Scope, around: Surroundings): string {
  return scope === "user" ? userFolder(around) : join(around.cwd, ".claude");
}

export const claudeCode: Harness = {
  name: "claude-code",
  title: "Claude Code",

  wiring: (scope, around, options) => ({
    folder: folder(scope, around),
    pieces: [
      {
        kind: "hooks",
        path: join(folder(scope, around), "settings.json"),
        events: [
          { name: "SessionStart", matcher: "resume|fork|compact" },
          { name: "PreCompact" },
          { name: "Stop" },
        ],
        command: hookCommand("claude-code", options),
      },
      {
        kind: "file",
        path: join(folder(scope, around), "skills", SKILL_NAME, "SKILL.md"),
        text: SKILL_TEXT,
      },
    ],
    byHand: [
      {
        command: `claude mcp add --scope ${scope} compact -- compact mcp`,
        purpose: "get, search, facts and actions as tools",
      },
    ],
  }),

  hooks: {
    sessions: (around) => join(userFolder(around), "projects"),
    project: (env) => env.CLAUDE_PROJECT_DIR,
    tellsSummariser: true,
  },
};
