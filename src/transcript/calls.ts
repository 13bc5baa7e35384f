// In: a call's name and arguments as the harness wrote them. Out: what the call was aimed at, in one comparable string.
// Reads calls only: what a result says may be deleted one day, what a call says never is.

/**
 * Arguments that say what a call works on, in the order in which they are joined. Seen in Claude Code, Codex, pi, opencode,
 * Gemini CLI, OpenHands and SWE-agent calls.
 */
const TARGET_ARGUMENTS: readonly string[] = [
  "command",
  "cmd",
  "script",
  "code",
  "file_path",
  "filePath",
  "notebook_path",
  "absolute_path",
  "path",
  "dir_path",
  "filename",
  "pattern",
  "query",
  "url",
  "session_id",
];

const PATCH_HEADER = /^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm;

/** Commands and scripts are compared whole up to here; more would only cost memory. */
const MAX_TARGET_LENGTH = 4000;

/** The arguments of a call, looked up one by one: a call may carry a whole file, of which its target needs nothing. */
export interface CallArguments {
  /** The value of an argument; undefined where there is none. */
  get(name: string): unknown;
  /** All of them as JSON. */
  readonly json: string;
}

/**
 * The command, path, pattern or address that a call named.
 *
 * @param input the call's arguments: looked up, as JSON in a string, or plain text such as a patch
 * @returns all arguments as JSON when none of them is one we know; undefined when there are none
 */
export function callTarget(input: CallArguments | string): string | undefined {
  const found = typeof input === "string" ? parseArguments(input) : input;
  if (found === undefined) return patchTarget(input as string);
  const parts = TARGET_ARGUMENTS.map((name) => argumentText(found.get(name))).filter((part) => part !== "");
  if (parts.length > 0) return parts.join(" ").slice(0, MAX_TARGET_LENGTH);
  const patch = found.get("input");
  const files = typeof patch === "string" ? patchTarget(patch) : undefined;
  return files ?? (found.json === "{}" ? undefined : found.json.slice(0, MAX_TARGET_LENGTH));
}

/** The same by way of `compact mcp`; clients put the name of the server in front. */
const RETRIEVING_TOOL = /(?:^|[_.-])compact_(?:get|search)$/;

/** Calls by which an agent gets back what was moved out: compacting them again at once would run in circles. */
export function isRetrieval(target: string | undefined, toolName = ""): boolean {
  if (RETRIEVING_TOOL.test(toolName)) return true;
  return (
    target !== undefined && /(?:^|[\s;&|(/"'])compact\s+(?:get|search)\b|\.compact\/artifacts\//.test(target)
  );
}

/** Tools whose result is what the user answered: conversation, though it comes as an observation. */
export function asksUser(toolName: string): boolean {
  return /^(?:AskUserQuestion|ask_?user\w*|ask_?followup\w*|request_?user_?input)$/i.test(toolName);
}

/** Undefined for text that is no JSON object. */
function parseArguments(text: string): CallArguments | undefined {
  if (!text.startsWith("{")) return undefined;
  try {
    const named: Record<string, unknown> = JSON.parse(text);
    return { get: (name) => named[name], json: JSON.stringify(named) };
  } catch {
    return undefined;
  }
}

/** A command may be a list of words: `["bash", "-lc", "npm test"]` is the command `npm test`. */
function argumentText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (!Array.isArray(value)) return "";
  const words = value.map(String);
  return /^-\w*c$/.test(words[1] ?? "") ? words.slice(2).join(" ") : words.join(" ");
}

function patchTarget(patch: string): string | undefined {
  const paths = [...patch.matchAll(PATCH_HEADER)].map((match) => match[1]!.trim());
  return paths.length === 0 ? undefined : paths.join(" ").slice(0, MAX_TARGET_LENGTH);
}
