// In: what an agent did, step by step. Out: the session as each harness would have written it. One writer a format: a new
// format is not done before it has one.
import { output } from "./transcripts.ts";

/** One call with its result. */
interface Step {
  readonly id: string;
  readonly command: string;
  readonly output: string;
  readonly failed: boolean;
}

export const TASK = "Find out why the build is slow.";
export const ANSWER = "It compiles everything twice.";
/** The step that fails. */
export const FAILED_STEP = 2;
export const STEPS = 16;

export const steps: readonly Step[] = Array.from({ length: STEPS }, (_, n) => ({
  id: `call_${n}`,
  command: `cat part-${n}.log`,
  output: n === FAILED_STEP ? `Exit code 1\n${output(n)}` : output(n),
  failed: n === FAILED_STEP,
}));

export interface Session {
  readonly records: readonly unknown[];
  /** What the tool is called. */
  readonly toolName: string;
  /** How a call ends that ended well, as far as the format says. */
  readonly good: "ok" | "ran";
  /** Where the results stand that the model sees. */
  readonly resultPath: string;
}

const time = "2026-01-02T03:04:05.000Z";

export const sessions: Readonly<Record<string, Session>> = {
  "claude-code": {
    records: claudeCode(),
    toolName: "Bash",
    good: "ok",
    resultPath: "$.message.content[].content",
  },
  codex: { records: codex(), toolName: "shell", good: "ok", resultPath: "$.payload.output" },
  pi: { records: pi(), toolName: "bash", good: "ok", resultPath: "$.message.content[].text" },
  "anthropic-messages": {
    records: anthropicMessages(steps),
    toolName: "Bash",
    good: "ok",
    resultPath: "$.content[].content",
  },
  "openai-responses": { records: responsesItems(), toolName: "shell", good: "ran", resultPath: "$.output" },
  "anthropic-requests": {
    records: [{ model: "m", max_tokens: 10, system: "Be brief.", messages: anthropicMessages(steps) }],
    toolName: "Bash",
    good: "ok",
    resultPath: "$.messages[].content[].content",
  },
  "openai-requests": {
    records: [{ model: "m", tools: [], messages: chatMessages() }],
    toolName: "shell",
    good: "ran",
    resultPath: "$.messages[].content",
  },
  "openai-chat": { records: chatMessages(), toolName: "shell", good: "ran", resultPath: "$.content" },
};

function claudeCode(): unknown[] {
  let last: string | null = null;
  const record = (uuid: string, fields: object) => {
    const parentUuid = last;
    last = uuid;
    return {
      parentUuid,
      isSidechain: false,
      sessionId: "s",
      version: "2.1.0",
      uuid,
      timestamp: time,
      ...fields,
    };
  };
  return [
    record("u", { type: "user", message: { role: "user", content: TASK } }),
    ...steps.flatMap(({ id, command, output, failed }, n) => {
      const call = { type: "tool_use", id, name: "Bash", input: { command } };
      const result = {
        tool_use_id: id,
        type: "tool_result",
        content: output,
        ...(failed && { is_error: true }),
      };
      return [
        record(`a${n}`, {
          type: "assistant",
          message: { id: `msg_${n}`, role: "assistant", content: [call] },
        }),
        record(`r${n}`, {
          type: "user",
          message: { role: "user", content: [result] },
          toolUseResult: { stdout: output, stderr: "", interrupted: false },
        }),
      ];
    }),
    record("z", {
      type: "assistant",
      message: { id: "msg_z", role: "assistant", content: [{ type: "text", text: ANSWER }] },
    }),
  ];
}

/** Every other output as older clients wrote it: JSON inside a string. */
function codex(): unknown[] {
  const line = (type: string, payload: object) => ({ timestamp: time, type, payload });
  return [
    line("session_meta", { id: "s", cwd: "/project", cli_version: "0.90.0" }),
    line("response_item", message("user", "input_text", TASK)),
    ...steps.flatMap(({ id, command, output, failed }, n) => {
      const exitCode = failed ? 1 : 0;
      const text =
        n % 2 === 0
          ? JSON.stringify({ output, metadata: { exit_code: exitCode, duration_seconds: 0.1 } })
          : `Exit code: ${exitCode}\nOutput:\n${output}`;
      return [
        line("response_item", {
          type: "function_call",
          name: "shell",
          arguments: shellArguments(command),
          call_id: id,
        }),
        line("event_msg", { type: "exec_command_end", call_id: id, aggregated_output: output }),
        line("response_item", { type: "function_call_output", call_id: id, output: text }),
      ];
    }),
    line("response_item", message("assistant", "output_text", ANSWER)),
  ];
}

function responsesItems(): unknown[] {
  return [
    message("user", "input_text", TASK),
    ...steps.flatMap(({ id, command, output }) => [
      { type: "function_call", call_id: id, name: "shell", arguments: shellArguments(command) },
      { type: "function_call_output", call_id: id, output },
    ]),
    message("assistant", "output_text", ANSWER),
  ];
}

function message(role: string, type: string, text: string) {
  return { type: "message", role, content: [{ type, text }] };
}

function shellArguments(command: string): string {
  return JSON.stringify({ command: ["bash", "-lc", command] });
}

function pi(): unknown[] {
  let last: string | null = null;
  const entry = (id: string, message: object) => {
    const parentId = last;
    last = id;
    return { type: "message", id, parentId, timestamp: time, message };
  };
  return [
    { type: "session", version: 3, id: "s", timestamp: time, cwd: "/project" },
    entry("u", { role: "user", content: [{ type: "text", text: TASK }] }),
    ...steps.flatMap(({ id, command, output, failed }, n) => [
      entry(`a${n}`, {
        role: "assistant",
        content: [{ type: "toolCall", id, name: "bash", arguments: { command } }],
      }),
      entry(`r${n}`, {
        role: "toolResult",
        toolCallId: id,
        toolName: "bash",
        content: [{ type: "text", text: output }],
        details: { note: output },
        isError: failed,
      }),
    ]),
    entry("z", { role: "assistant", content: [{ type: "text", text: ANSWER }] }),
  ];
}

export function anthropicMessages(taken: readonly Step[]): unknown[] {
  return [
    { role: "user", content: TASK },
    ...taken.flatMap(({ id, command, output, failed }) => [
      { role: "assistant", content: [{ type: "tool_use", id, name: "Bash", input: { command } }] },
      {
        role: "user",
        content: [
          { type: "tool_result", tool_use_id: id, content: output, ...(failed && { is_error: true }) },
        ],
      },
    ]),
    { role: "assistant", content: [{ type: "text", text: ANSWER }] },
  ];
}

function chatMessages(): unknown[] {
  return [
    { role: "system", content: "You repair builds." },
    { role: "user", content: TASK },
    ...steps.flatMap(({ id, command, output }) => [
      {
        role: "assistant",
        content: null,
        tool_calls: [
          { id, type: "function", function: { name: "shell", arguments: shellArguments(command) } },
        ],
      },
      { role: "tool", tool_call_id: id, content: output },
    ]),
    { role: "assistant", content: ANSWER },
  ];
}
