// Chat-completions messages, one a line, as frameworks keep them: made from the scenario, judged by the API's rules.
// In: nothing, or messages. Out: messages, or why the API would refuse them.
import { projectFiles } from "../project.ts";
import { type Action, finalAnswer, session, task } from "../scenario.ts";

export interface ChatMessage {
  role: "system" | "user" | "assistant" | "tool";
  content: string;
  tool_calls?: { id: string; type: "function"; function: { name: string; arguments: string } }[];
  tool_call_id?: string;
}

/** What the tool would have answered: the file, or as many lines as a build prints. */
function answerTo(action: Action): string {
  if (action.do === "read") return projectFiles[action.path] ?? "no such file";
  return Array.from({ length: 60 }, (_, n) => `${action.do} line ${n}: nothing unusual`).join("\n");
}

/** The scenario's session as a framework would have kept it. */
export function chatMessages(): ChatMessage[] {
  const steps = session.flatMap(({ say, actions }, s): ChatMessage[] => {
    const id = (n: number) => `call_${s}_${n}`;
    const calls = actions.map(({ do: name, ...input }, n) => ({
      id: id(n),
      type: "function" as const,
      function: { name, arguments: JSON.stringify(input) },
    }));
    const answers = actions.map((action, n) => ({
      role: "tool" as const,
      tool_call_id: id(n),
      content: answerTo(action),
    }));
    return [{ role: "assistant", content: say, tool_calls: calls }, ...answers];
  });
  return [
    { role: "system", content: "You repair shops." },
    { role: "user", content: task },
    ...steps,
    { role: "assistant", content: finalAnswer },
  ];
}

/** Each call is answered once, directly behind its message; no answer without a call; nothing is empty. */
export function violations(messages: ChatMessage[]): string[] {
  return messages.flatMap((message, n) => {
    const at = `messages[${n}]`;
    const behind = messages.slice(n + 1);
    const end = behind.findIndex(({ role }) => role !== "tool");
    const answered = (end < 0 ? behind : behind.slice(0, end)).map(({ tool_call_id }) => tool_call_id);
    const wrong = (message.tool_calls ?? []).filter(
      ({ id }) => answered.filter((answer) => answer === id).length !== 1,
    );
    const caller = messages.slice(0, n).findLast(({ role }) => role !== "tool");
    const isOrphan =
      message.role === "tool" && !caller?.tool_calls?.some(({ id }) => id === message.tool_call_id);
    return [
      ...wrong.map(({ id }) => `${at}: call ${id} is not answered once, directly behind it`),
      ...(isOrphan ? [`${at}: result ${message.tool_call_id} answers no call`] : []),
      ...(message.content.trim() ? [] : [`${at}: empty content`]),
    ];
  });
}
