// Sessions for tests, written as OpenAI chat messages: the shortest format there is.
import { readSessions, type Session } from "../../src/memory/session.ts";

interface Call {
  readonly tool: string;
  readonly input: unknown;
  readonly result?: string;
}

type Message = string | { readonly says: string } | Call;

/** A text is the user's; `says` is the agent's; a call comes with its result. */
export function chat(messages: readonly Message[]): Buffer {
  const lines = messages.flatMap((message, i): object[] => {
    if (typeof message === "string") return [{ role: "user", content: message }];
    if ("says" in message) return [{ role: "assistant", content: message.says }];
    const call = {
      id: `call_${i}`,
      type: "function",
      function: { name: message.tool, arguments: JSON.stringify(message.input) },
    };
    const answer = { role: "tool", tool_call_id: `call_${i}`, content: message.result };
    return [
      { role: "assistant", content: null, tool_calls: [call] },
      ...(message.result === undefined ? [] : [answer]),
    ];
  });
  return Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

export function session(messages: readonly Message[], name = "session.jsonl"): Session {
  return readSessions(name, chat(messages))[0]!;
}

export const shell = (command: string, result = "", exit = 0): Call => ({
  tool: "shell",
  input: { command },
  result: `Exit code: ${exit}\n${result}`,
});
