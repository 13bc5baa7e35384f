// In: how many calls. Out: small transcripts of our own making, one builder a format, the same bytes every time. Old
// observations are long enough that every preset removes some.
import { createHash } from "node:crypto";

export interface Wanted {
  /** Calls with their results. */
  readonly calls?: number;
  /** Lines of each observation. */
  readonly lines?: number;
  /** Tells one transcript from another. */
  readonly name?: string;
}

/** So many of 14 observations are cut by the default preset, the oldest: three are protected, and one is what may stay beside. */
export const CUT = 10;

/** A Claude Code session: a user message, then one command after another. Each result has a copy beside it. */
export function claudeSession({ calls = 14, lines = 40, name = "a" }: Wanted = {}): string {
  const records: object[] = [claudeRecord(name, 0, "user", "Find out why the build is slow.")];
  for (let call = 1; call <= calls; call++) {
    const id = `toolu_${name}_${call}`;
    const output = observation(name, call, lines);
    records.push(
      claudeRecord(name, 2 * call - 1, "assistant", [
        { type: "tool_use", id, name: "Bash", input: { command: `make part-${call}` } },
      ]),
      {
        ...claudeRecord(name, 2 * call, "user", [{ type: "tool_result", tool_use_id: id, content: output }]),
        toolUseResult: { stdout: output, stderr: "", interrupted: false },
      },
    );
  }
  return jsonLines(records);
}

/** More of the same session, as its harness would append it. */
export function claudeAppendix(session: string, name = "a"): string {
  const at = session.split("\n").length - 1;
  return jsonLines([
    claudeRecord(name, at, "assistant", [{ type: "text", text: "The linker takes all the time." }]),
    claudeRecord(name, at + 1, "user", "Then make it faster."),
  ]);
}

function claudeRecord(name: string, index: number, role: "user" | "assistant", content: unknown): object {
  return {
    parentUuid: index === 0 ? null : uuid(name, index - 1),
    isSidechain: false,
    sessionId: `session-${name}`,
    version: "2.1.0",
    type: role,
    message: { role, ...(role === "assistant" ? { id: `msg_${name}_${index}` } : {}), content },
    uuid: uuid(name, index),
  };
}

function uuid(name: string, index: number): string {
  return `${name}-${String(index).padStart(4, "0")}`;
}

/** A Codex rollout with envelopes. */
export function codexRollout({ calls = 14, lines = 40, name = "c" }: Wanted = {}): string {
  const item = (payload: object) => ({ timestamp: "2026-01-01T00:00:00Z", type: "response_item", payload });
  const records: object[] = [
    { timestamp: "2026-01-01T00:00:00Z", type: "session_meta", payload: { id: name, cwd: "/src" } },
    item({ type: "message", role: "user", content: [{ type: "input_text", text: "Find the leak." }] }),
  ];
  for (let call = 1; call <= calls; call++) {
    const callId = `call_${name}_${call}`;
    const args = JSON.stringify({ command: ["bash", "-lc", `make part-${call}`] });
    const output = JSON.stringify({ output: observation(name, call, lines), metadata: { exit_code: 0 } });
    records.push(
      item({ type: "function_call", name: "shell", arguments: args, call_id: callId }),
      item({ type: "function_call_output", call_id: callId, output }),
    );
  }
  return jsonLines(records);
}

/** OpenAI chat messages, one a line. */
export function openaiChat({ calls = 14, lines = 40, name = "o" }: Wanted = {}): string {
  const records: object[] = [{ role: "user", content: "Find the leak." }];
  for (let call = 1; call <= calls; call++) {
    const id = `call_${name}_${call}`;
    const args = JSON.stringify({ command: `make part-${call}` });
    records.push(
      {
        role: "assistant",
        content: null,
        tool_calls: [{ id, type: "function", function: { name: "shell", arguments: args } }],
      },
      { role: "tool", tool_call_id: id, content: observation(name, call, lines) },
    );
  }
  return jsonLines(records);
}

/** What the call of that number printed. */
export function observation(name: string, call: number, lines: number): string {
  return Array.from(
    { length: lines },
    (_, i) => `${name}/part-${call}.c:${i + 1}: compiled "unit ${i * call}"`,
  ).join("\n");
}

function jsonLines(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** The first eight digits of the name under which an observation is stored. */
export function refOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/** The refs that the markers of a transcript name, in order. */
export function refsIn(transcript: string): string[] {
  return [...transcript.matchAll(/\[compact get ([0-9a-f]{8}): /g)].map((match) => match[1]!);
}
