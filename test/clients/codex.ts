// OpenAI Codex: `codex exec`, sessions as rollout JSONL in ~/.codex/sessions, the OpenAI Responses API.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client, Place } from "./client.ts";
import type { ToolCall } from "./mock/provider.ts";
import { type InputItem, partsText, responses } from "./mock/responses.ts";
import { onlySessionBelow } from "./only-session.ts";
import type { Action } from "./scenario.ts";

/** No sandbox of its own (the namespace is one), no analytics, no retries: a refused request is a finding. */
function configuration(port: number): string {
  return `model = "gpt-5.5"
model_provider = "mock"
approval_policy = "never"
sandbox_mode = "danger-full-access"
check_for_update_on_startup = false

[analytics]
enabled = false

[model_providers.mock]
name = "mock"
base_url = "http://127.0.0.1:${port}/v1"
wire_api = "responses"
env_key = "MOCK_KEY"
request_max_retries = 0
stream_max_retries = 0
`;
}

/** Codex edits by patches; a hunk of one line needs no context when the line is unique. */
function patch(action: Extract<Action, { do: "edit" | "write" }>, place: Place): string {
  const body =
    action.do === "write"
      ? [
          `*** Add File: ${action.path}`,
          ...action.text
            .trimEnd()
            .split("\n")
            .map((line) => `+${line}`),
        ]
      : [`*** Update File: ${action.path}`, "@@", ...changedLine(join(place.project, action.path), action)];
  return ["*** Begin Patch", ...body, "*** End Patch"].join("\n");
}

function changedLine(file: string, action: Extract<Action, { do: "edit" }>): string[] {
  const line = readFileSync(file, "utf8")
    .split("\n")
    .find((candidate) => candidate.includes(action.from));
  if (line === undefined) throw new Error(`${file} has no line with: ${action.from}`);
  return [`-${line}`, `+${line.replace(action.from, action.to)}`];
}

function toolCall(action: Action, place: Place): ToolCall {
  switch (action.do) {
    case "read":
      return { tool: "exec_command", input: { cmd: `cat ${action.path}` } };
    case "run":
      return { tool: "exec_command", input: { cmd: action.command } };
    case "search":
      return { tool: "exec_command", input: { cmd: `grep -rn "${action.pattern}" ${action.path}` } };
    case "edit":
    case "write":
      return { tool: "apply_patch", input: patch(action, place) };
  }
}

function sessionFile(place: Place): string {
  return onlySessionBelow(join(place.home, ".codex", "sessions"));
}

function observations(file: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const { type, payload } = JSON.parse(line) as { type: string; payload: InputItem };
    if (type === "response_item" && payload.output !== undefined && payload.call_id !== undefined) {
      found.set(payload.call_id, partsText(payload.output));
    }
  }
  return found;
}

export const codex: Client = {
  name: "@openai/codex",
  title: "codex",
  provider: responses,
  program: "node_modules/@openai/codex/bin/codex.js",
  versionArguments: ["--version"],
  prepare: (place, port) => {
    const folder = join(place.home, ".codex");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "config.toml"), configuration(port));
    // Codex runs commands in a login shell, which would set PATH anew.
    writeFileSync(join(place.home, ".profile"), `export PATH="${place.bin}:$PATH"\n`);
  },
  run: (_place, _port, prompt, resume) => ({
    arguments: ["exec", ...(resume ? ["resume", resume] : []), "--skip-git-repo-check", "--json", prompt],
    environment: { MOCK_KEY: "not-a-key" },
  }),
  toolCall,
  sessionFile,
  sessionId: (file) =>
    (JSON.parse(readFileSync(file, "utf8").split("\n", 1)[0] ?? "") as { payload: { id: string } }).payload
      .id,
  observations,
  hooks: {
    harness: "codex",
    scope: "user",
    trust: ["--dangerously-bypass-hook-trust"],
    summarise: { arguments: ["-c", "model_auto_compact_token_limit=1000"], prompt: "Go on." },
  },
  isVendorRecord: (record) => {
    const { type, payload } = record as { type: string; payload: { role?: string } };
    return ["session_meta", "turn_context", "world_state"].includes(type) || payload.role === "developer";
  },
};
