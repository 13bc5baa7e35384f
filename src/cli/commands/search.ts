// `compact search QUERY`. In: words, "phrases", /expressions/. Out: the passages of the store that fit best, on stdout, each with the
// command that prints the rest. Never a whole file.
import { existsSync } from "node:fs";
import { Store } from "../../artifacts/store.ts";
import { printable } from "../../memory/printable.ts";
import { type SearchHit, search } from "../../memory/search/index.ts";
import { searchSources } from "../../memory/stored.ts";
import { ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { CliError } from "../messages.ts";
import { writeOutput } from "../outputs.ts";

export interface SearchFlags {
  readonly json?: boolean;
  readonly limit?: string;
  readonly tool?: string;
  readonly path?: string;
  readonly kind?: string;
  readonly session?: string;
  readonly artifacts?: string;
}

const DEFAULT_LIMIT = 10;

/** Lines of a passage are shown up to here. In characters. */
const MAX_LINE = 240;

export async function runSearch(words: readonly string[], flags: SearchFlags, io: Io): Promise<ExitCode> {
  const query = words.join(" ");
  if (query.trim() === "") {
    throw new CliError('search: no query, expected words, a "phrase" or a /regular expression/');
  }
  const limit = flags.limit ?? String(DEFAULT_LIMIT);
  if (!/^[1-9]\d{0,3}$/.test(limit)) throw new CliError(`--limit ${limit}: expected a number such as 10`);
  const store = Store.find(flags.artifacts, io.cwd);
  if (!existsSync(store.directory)) {
    throw new CliError(`no store ${store.directory}, expected one that compact has written`, {
      hint: "name it with -a DIR",
    });
  }
  const hits = await searchFor(query, store, { ...flags, limit: Number(limit) });
  const text = flags.json ? `${JSON.stringify({ version: 1, hits }, null, 2)}\n` : hits.map(show).join("\n");
  await writeOutput({ type: "stdout" }, [Buffer.from(text)], io);
  return hits.length > 0 ? ExitCode.done : ExitCode.condition;
}

async function searchFor(
  query: string,
  store: Store,
  options: Parameters<typeof search>[2],
): Promise<SearchHit[]> {
  try {
    return await search(query, searchSources(store), options);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new CliError(`\`${query}\`: ${cause.message}`, { cause });
  }
}

/** How a hit is read on, and where it comes from; below it the lines, with their numbers. */
function show({ kind, ref, snippet, tool, target, outcome }: SearchHit): string {
  if (kind !== "artifact") return `${kind} ${printable(ref)}\n  ${printable(snippet)}\n`;
  const first = Number(/:(\d+)/.exec(ref)?.[1] ?? 1);
  const call = [tool, target].filter((part) => part !== undefined && part !== "").join(" ");
  const lines = snippet.split("\n").map((line, i) => {
    const number = String(first + i).padStart(6);
    return `${number}  ${printable(line, MAX_LINE)}\n`;
  });
  return `compact get ${ref}  ${printable(`${call}: ${outcome ?? "ran"}`, 120)}\n${lines.join("")}`;
}
