// pi: `pi -p`, sessions as JSONL in ~/.pi/agent/sessions, here with the Anthropic Messages API.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client, Place } from "./client.ts";
import { anthropic, type Block, resultText } from "./mock/anthropic.ts";
import type { ToolCall } from "./mock/provider.ts";
import { onlySessionBelow } from "./only-session.ts";
import type { Action } from "./scenario.ts";

/** One provider, the mock; pi adds /v1/messages to its address. */
function models(port: number): string {
  const model = { id: "mock-model", contextWindow: 200_000, maxTokens: 16_000 };
  const mock = {
    baseUrl: `http://127.0.0.1:${port}`,
    api: "anthropic-messages",
    apiKey: "not-a-key",
    models: [model],
  };
  return JSON.stringify({ providers: { mock } });
}

function toolCall(action: Action, _place: Place): ToolCall {
  switch (action.do) {
    case "read":
      return { tool: "read", input: { path: action.path } };
    case "run":
      return { tool: "bash", input: { command: action.command } };
    case "search":
      return { tool: "bash", input: { command: `grep -rn "${action.pattern}" ${action.path}` } };
    case "edit":
      return {
        tool: "edit",
        input: { path: action.path, edits: [{ oldText: action.from, newText: action.to }] },
      };
    case "write":
      return { tool: "write", input: { path: action.path, content: action.text } };
  }
}

function sessionFile(place: Place): string {
  return onlySessionBelow(join(place.home, ".pi", "agent", "sessions"));
}

function observations(file: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const { message } = JSON.parse(line) as {
      message?: { role: string; toolCallId: string; content: Block[] };
    };
    if (message?.role === "toolResult") found.set(message.toolCallId, resultText(message.content));
  }
  return found;
}

export const pi: Client = {
  name: "@mariozechner/pi-coding-agent",
  title: "pi",
  provider: anthropic,
  program: "node_modules/@mariozechner/pi-coding-agent/dist/cli.js",
  versionArguments: ["--version"],
  prepare: (place, port) => {
    const folder = join(place.home, ".pi", "agent");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "models.json"), models(port));
  },
  run: (_place, _port, prompt, resume) => ({
    arguments: [
      "-p",
      "--offline",
      "--model",
      "mock/mock-model",
      ...(resume ? ["--session", resume] : []),
      prompt,
    ],
    environment: { PI_OFFLINE: "1", PI_TELEMETRY: "0" },
  }),
  toolCall,
  sessionFile,
  sessionId: (file) => (JSON.parse(readFileSync(file, "utf8").split("\n", 1)[0] ?? "") as { id: string }).id,
  observations,
  isVendorRecord: () => false,
};
