// Claude Code: `claude -p`, sessions as JSONL in ~/.claude/projects, the Anthropic Messages API.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Client, Place } from "./client.ts";
import { anthropic, type Message, resultText } from "./mock/anthropic.ts";
import type { ToolCall } from "./mock/provider.ts";
import { onlySessionBelow } from "./only-session.ts";
import type { Action } from "./scenario.ts";

/** Nothing but the API of the mock: no telemetry, no updates, no error reports; root may bypass permissions in a sandbox only. */
function environment(port: number): Record<string, string> {
  return {
    ANTHROPIC_BASE_URL: `http://127.0.0.1:${port}`,
    ANTHROPIC_API_KEY: "sk-ant-not-a-key",
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
    DISABLE_AUTOUPDATER: "1",
    DISABLE_ERROR_REPORTING: "1",
    DISABLE_TELEMETRY: "1",
    IS_SANDBOX: "1",
  };
}

function toolCall(action: Action, place: Place): ToolCall {
  switch (action.do) {
    case "read":
      return { tool: "Read", input: { file_path: join(place.project, action.path) } };
    case "run":
      return { tool: "Bash", input: { command: action.command, description: "Run a command" } };
    case "search":
      return {
        tool: "Bash",
        input: { command: `grep -rn "${action.pattern}" ${action.path}`, description: "Search" },
      };
    case "edit": {
      const file_path = join(place.project, action.path);
      return { tool: "Edit", input: { file_path, old_string: action.from, new_string: action.to } };
    }
    case "write":
      return { tool: "Write", input: { file_path: join(place.project, action.path), content: action.text } };
  }
}

function sessionFile(place: Place): string {
  return onlySessionBelow(join(place.home, ".claude", "projects"));
}

function observations(file: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const record = JSON.parse(line) as { type: string; message?: Message };
    if (record.type !== "user" || !Array.isArray(record.message?.content)) continue;
    for (const block of record.message.content) {
      if (block.type === "tool_result") found.set(block.tool_use_id ?? "", resultText(block.content));
    }
  }
  return found;
}

export const claudeCode: Client = {
  name: "@anthropic-ai/claude-code",
  title: "claude-code",
  provider: anthropic,
  program: "node_modules/@anthropic-ai/claude-code/cli-wrapper.cjs",
  versionArguments: ["--version"],
  prepare: () => {},
  run: (_place, port, prompt, resume) => ({
    arguments: [
      ...["-p", prompt, "--model", "claude-sonnet-4-5", "--output-format", "json"],
      ...["--dangerously-skip-permissions", ...(resume ? ["--resume", resume] : [])],
    ],
    environment: environment(port),
  }),
  toolCall,
  sessionFile,
  sessionId: (file) => basename(file, ".jsonl"),
  observations,
  hooks: {
    harness: "claude-code",
    scope: "project",
    trust: [],
    summarise: { arguments: [], prompt: "/compact" },
  },
  isVendorRecord: (record) => ["attachment", "api-request-shape"].includes((record as { type: string }).type),
};
