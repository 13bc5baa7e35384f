// The messages of opencode, as its plugins see them, as far as we use them. In: messages. Out: the same as a transcript that compact
// reads: chat messages, one a line.

export interface ToolState {
  readonly status: string;
  readonly input?: unknown;
  /** What the model sees; a plugin may change it for one request. */
  output?: string;
  readonly error?: string;
  /** `compacted`: opencode itself has cleared it. */
  readonly time?: { readonly compacted?: number };
}

export interface Part {
  readonly type: string;
  readonly text?: string;
  readonly callID?: string;
  readonly tool?: string;
  readonly state?: ToolState;
}

export interface Message {
  readonly info: {
    readonly id: string;
    readonly role: string;
    readonly sessionID: string;
    /** What the provider counted for the request that this message answered. */
    readonly tokens?: {
      readonly input: number;
      readonly output: number;
      readonly cache: { readonly read: number; readonly write: number };
    };
  };
  readonly parts: readonly Part[];
}

/** A call that has ended well and that opencode has not cleared. */
export interface Result extends Part {
  readonly callID: string;
  readonly state: ToolState & { output: string };
}

export function isResult(part: Part): part is Result {
  const { type, callID, state } = part;
  const isDone = state?.status === "completed" && typeof state.output === "string";
  return type === "tool" && callID !== undefined && isDone && state.time?.compacted === undefined;
}

export function resultsOf(messages: readonly Message[]): Result[] {
  return messages.flatMap(({ parts }) => parts.filter(isResult));
}

/** Context tokens of the newest request that was answered, and the answer; undefined before the first. */
export function newestAnswer(messages: readonly Message[]): { id: string; tokens: number } | undefined {
  for (const { info } of [...messages].reverse()) {
    const { tokens } = info;
    const all =
      tokens === undefined ? 0 : tokens.input + tokens.output + tokens.cache.read + tokens.cache.write;
    if (info.role === "assistant" && all > 0) return { id: info.id, tokens: all };
  }
  return undefined;
}

export function asTranscript(messages: readonly Message[]): string {
  return messages
    .flatMap(({ info, parts }) => {
      const content = parts.flatMap(({ type, text }) => (type === "text" && text ? [text] : [])).join("\n");
      const calls = parts.filter(isResult);
      if (info.role !== "assistant") return [{ role: "user", content }];
      const tool_calls = calls.map(({ callID, tool, state }) => ({
        id: callID,
        type: "function",
        function: { name: tool, arguments: JSON.stringify(state.input ?? {}) },
      }));
      const said = { role: "assistant", content, ...(tool_calls.length > 0 && { tool_calls }) };
      const answers = calls.map(({ callID, state }) => ({
        role: "tool",
        tool_call_id: callID,
        content: state.output,
      }));
      return content === "" && calls.length === 0 ? [] : [said, ...answers];
    })
    .map((message) => `${JSON.stringify(message)}\n`)
    .join("");
}
