// In: the entries of a transcript. Out: every call in the order of the file, with its arguments, what it ran in a shell, where it stood, and
// how it ended. A call without a result is a call too.
import { parseCutText } from "../transcript/marker.ts";
import type { Block, Entry, Observation, Outcome, Transcript } from "../transcript/types.ts";
import { type Ending, endingOf } from "./ending.ts";
import type { RecordFacts } from "./records.ts";
import type { Source } from "./source.ts";

export interface AgentCall {
  readonly source: Source;
  /** Where its result stands; undefined where none came. */
  readonly resultSource: Source | undefined;
  readonly toolName: string;
  /** The arguments: a JSON value, or text such as a patch. */
  readonly input: unknown;
  /** What is run in a shell, where that is what the call does. */
  readonly command: string | undefined;
  /** The directory in which the agent stood. */
  readonly directory: string | undefined;
  readonly result: string;
  readonly outcome: Outcome | undefined;
  readonly ending: Ending;
}

export function readCalls(
  transcript: Transcript,
  factsOf: (entry: Entry) => RecordFacts,
  source: (block: Block) => Source,
): AgentCall[] {
  const answers = new Map<Block, Observation>();
  const calls: { block: Block; call: AgentCall }[] = [];
  for (const observation of transcript.observations) {
    const { call, blocks, toolName, target } = observation;
    if (call !== undefined) answers.set(call, observation);
    else if (target !== undefined && blocks[0] !== undefined) {
      // A call that is plain text of the agent: the observation is all that names it.
      const { directory } = factsOf(blocks[0].entry);
      const ended = endOf(observation, source);
      const at = source(blocks[0]);
      const call = { source: at, toolName, input: target, command: target, directory, ...ended };
      calls.push({ block: blocks[0], call });
    }
  }
  for (const block of transcript.blocks) {
    if (block.kind !== "call" || block.text === undefined) continue;
    const blank = block.text.indexOf(" ");
    const toolName = blank === -1 ? block.text : block.text.slice(0, blank);
    const input = parseInput(blank === -1 ? "" : block.text.slice(blank + 1));
    const { directory } = factsOf(block.entry);
    const observation = answers.get(block);
    calls.push({
      block,
      call: {
        source: source(block),
        toolName,
        input,
        command: commandOf(input),
        directory: workingDirectory(input) ?? directory,
        ...endOf(observation, source),
      },
    });
  }
  return calls.sort((a, b) => a.block.id - b.block.id).map(({ call }) => call);
}

function endOf(
  observation: Observation | undefined,
  source: (block: Block) => Source,
): Pick<AgentCall, "result" | "resultSource" | "outcome" | "ending"> {
  const blocks = observation?.blocks ?? [];
  const texts = blocks.map(({ text = "", settled }) => (settled ? parseCutText(text)?.kept : text) ?? "");
  const result = texts.join("\n");
  const outcome = observation?.outcome;
  const first = blocks[0];
  return {
    result,
    resultSource: first === undefined ? undefined : source(first),
    outcome,
    ending: endingOf(outcome, result),
  };
}

function parseInput(text: string): unknown {
  if (!text.startsWith("{")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Arguments under which harnesses pass what a shell runs. */
const COMMAND_ARGUMENTS: readonly string[] = ["command", "cmd", "script"];

/** Editors have a `command` too, such as `view`: they name a path beside it. */
const NOT_BESIDE_A_COMMAND: readonly string[] = ["path", "file_path", "file_text"];

function commandOf(input: unknown): string | undefined {
  const named = asRecord(input);
  if (named === undefined || NOT_BESIDE_A_COMMAND.some((name) => name in named)) return undefined;
  for (const name of COMMAND_ARGUMENTS) {
    const value = named[name];
    if (typeof value === "string") return value;
    if (Array.isArray(value)) return commandOfWords(value.map(String));
  }
  return undefined;
}

/** `["bash", "-lc", "npm test"]` is the command `npm test`. */
function commandOfWords(words: readonly string[]): string {
  return /^-\w*c$/.test(words[1] ?? "") ? words.slice(2).join(" ") : words.join(" ");
}

function workingDirectory(input: unknown): string | undefined {
  const named = asRecord(input);
  const value = named?.workdir ?? named?.working_directory ?? named?.cwd;
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
