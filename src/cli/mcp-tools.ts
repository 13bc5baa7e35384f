// In: nothing. Out: the tools of `compact mcp`, as data: what a client is told of each, and what each does. They read and never write: the
// index of a search that is not on disk is kept in memory.
import { readFileSync, realpathSync } from "node:fs";
import { resolve, sep } from "node:path";
import type { Store } from "../artifacts/store.ts";
import { collectFacts } from "../memory/facts/index.ts";
import { factsAsMarkdown, ledger } from "../memory/facts/markdown.ts";
import { padAsLine, padAsMarkdown } from "../memory/pads/exports.ts";
import { findPads } from "../memory/pads/find.ts";
import { type SearchSources, search } from "../memory/search/index.ts";
import { readSessions } from "../memory/session.ts";
import { keptPads, searchSources } from "../memory/stored.ts";
import { restore } from "../restore.ts";
import { tokenCounter } from "../tokens/index.ts";
import { parseRequest, textBehind } from "./commands/get.ts";
import { CliError } from "./messages.ts";

/** What a tool may use. */
export interface ToolContext {
  readonly store: Store;
  readonly sources: SearchSources;
  /** Transcripts are read below here only. */
  readonly root: string;
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: {
    readonly type: "object";
    readonly properties: Readonly<Record<string, object>>;
    readonly required?: string[];
    readonly additionalProperties: false;
  };
  /** @throws CliError with what is wrong and what was expected */
  run(input: Readonly<Record<string, unknown>>, context: ToolContext): Promise<string>;
}

const text = (description: string) => ({ type: "string", description });
const count = (description: string) => ({ type: "integer", minimum: 1, description });

const MAX_HITS = 50;

export const tools: readonly Tool[] = [
  {
    name: "compact_get",
    description:
      "The text behind a marker such as [compact get 3f2a9c1b: ok, 41 lines, 612 tokens], or lines of it.",
    inputSchema: {
      type: "object",
      properties: { ref: text("3f2a9c1b for all, 3f2a9c1b:12-52 for lines") },
      required: ["ref"],
      additionalProperties: false,
    },
    run: async (input, { store }) => textBehind(parseRequest(stringOf(input, "ref")), store).toString("utf8"),
  },
  {
    name: "compact_search",
    description:
      "Passages of everything that was moved out of transcripts, and of what sessions established; best first.",
    inputSchema: {
      type: "object",
      properties: {
        query: text('words, "exact phrases", /regular expressions/'),
        limit: count("so many hits at most (default 10)"),
        tool: text("only what tools of this name brought"),
        path: text("only what concerns this path, glob or command"),
        kind: text("artifact, fact, pad, or a kind of fact: constraint, error, file, command, finding, plan"),
        session: text("only this transcript, by name or SHA-256"),
      },
      required: ["query"],
      additionalProperties: false,
    },
    run: async (input, { sources }) => {
      const hits = await search(stringOf(input, "query"), sources, {
        limit: Math.min(MAX_HITS, numberOf(input, "limit") ?? 10),
        tool: optional(input, "tool"),
        path: optional(input, "path"),
        kind: optional(input, "kind"),
        session: optional(input, "session"),
      });
      return hits.length === 0 ? "nothing found" : JSON.stringify(hits, null, 1);
    },
  },
  {
    name: "compact_facts",
    description:
      "What a transcript establishes, word for word: constraints, errors, files, plan, commands, findings.",
    inputSchema: {
      type: "object",
      properties: {
        file: text("a transcript below the directory of the server"),
        maxTokens: count("a ledger of at most so many tokens instead of all"),
      },
      required: ["file"],
      additionalProperties: false,
    },
    run: async (input, { root, store }) => {
      const name = stringOf(input, "file");
      const bytes = readFileSync(checkedPath(name, root));
      const restored = bytes.includes("[compact") ? restore(bytes, store) : undefined;
      const sessions = readSessions(
        name,
        restored === undefined || restored.status === "incomplete" ? bytes : restored.bytes,
      );
      if (sessions.length === 0) throw new CliError(`${name}: no known transcript format`);
      const facts = collectFacts(sessions);
      const maxTokens = numberOf(input, "maxTokens");
      if (maxTokens === undefined) return factsAsMarkdown(facts);
      const counter = tokenCounter("o200k_base");
      return ledger(facts, maxTokens, (part) => counter.count(part));
    },
  },
  {
    name: "compact_actions",
    description: "Sequences of steps that worked before: for a task, or one by its id.",
    inputSchema: {
      type: "object",
      properties: { task: text("what is to be done"), id: text("the id of a pad, for its steps") },
      additionalProperties: false,
    },
    run: async (input, { store }) => {
      const id = optional(input, "id");
      const pads = keptPads(store);
      if (id === undefined) {
        const found = await findPads(stringOf(input, "task"), pads, 10);
        return found.length === 0 ? "nothing found" : found.map(padAsLine).join("\n");
      }
      const pad = pads.find((candidate) => candidate.id === id);
      if (pad === undefined)
        throw new CliError(`no pad ${id}, expected an id that compact_actions has listed`);
      return padAsMarkdown(pad);
    },
  },
];

/** Sources whose index grows in memory, over what is on disk. */
export function readOnlySources(store: Store): SearchSources {
  const sources = searchSources(store);
  const made = new Map<string, Buffer>();
  const gone = new Set<string>();
  return {
    ...sources,
    index: {
      ...sources.index,
      segments: () =>
        [...new Set([...sources.index.segments(), ...made.keys()])].filter((name) => !gone.has(name)),
      segment: (name) => made.get(name) ?? sources.index.segment(name),
      write: (name, bytes) => {
        made.set(name, Buffer.from(bytes));
        gone.delete(name);
      },
      remove: (name) => {
        made.delete(name);
        gone.add(name);
      },
    },
  };
}

/** Links are followed before the path is judged. */
function checkedPath(name: string, root: string): string {
  const problem = `${name}: expected a file below ${root}`;
  let path: string;
  try {
    path = realpathSync(resolve(root, name));
  } catch (cause) {
    throw new CliError(problem, { cause });
  }
  if (!path.startsWith(realpathSync(root) + sep)) throw new CliError(problem);
  return path;
}

function stringOf(input: Readonly<Record<string, unknown>>, name: string): string {
  const value = input[name];
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new CliError(`\`${name}\` is missing, expected a string`);
}

function optional(input: Readonly<Record<string, unknown>>, name: string): string | undefined {
  return input[name] === undefined ? undefined : stringOf(input, name);
}

function numberOf(input: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = input[name];
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
  throw new CliError(`\`${name}\` is ${JSON.stringify(value)}, expected a positive whole number`);
}
