// `compact facts FILE...`. In: transcripts. Out: what they establish, on stdout: as Markdown, as a ledger of so many tokens, or as
// JSON. Reads the whole session, also what was compacted, and changes nothing.
import { Store } from "../../artifacts/store.ts";
import { collectFacts, type FactSet } from "../../memory/facts/index.ts";
import { factsAsMarkdown, ledger } from "../../memory/facts/markdown.ts";
import { factsSince, parseSince } from "../../memory/facts/since.ts";
import { readSessions, type Session } from "../../memory/session.ts";
import { isTokenizerName, tokenCounter, tokenizers } from "../../tokens/index.ts";
import { ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { CliError, tell } from "../messages.ts";
import { writeOutput } from "../outputs.ts";
import { readRestored, transcriptInputs } from "../transcript-files.ts";

export interface FactsFlags {
  readonly json?: boolean;
  readonly md?: boolean;
  readonly since?: string;
  readonly maxTokens?: string;
  readonly tokenizer?: string;
  readonly artifacts?: string;
}

export async function runFacts(names: readonly string[], flags: FactsFlags, io: Io): Promise<ExitCode> {
  const show = showAs(flags);
  const since = flags.since === undefined ? undefined : parseSince(flags.since);
  if (flags.since !== undefined && since === undefined) {
    throw new CliError(`--since ${flags.since}: expected a line such as 120, or a date such as 2026-11-20`);
  }
  const { sessions, code } = await readAll(names, flags.artifacts, io);
  if (io.interrupted.aborted) return ExitCode.interrupted;
  const facts = collectFacts(sessions);
  const text = show(since === undefined ? facts : factsSince(facts, since));
  await writeOutput({ type: "stdout" }, [Buffer.from(text)], io.stdout);
  return code;
}

/** All sessions of all files; a file of no known format is told of and left out. */
export async function readAll(
  names: readonly string[],
  artifacts: string | undefined,
  io: Io,
): Promise<{ sessions: Session[]; code: ExitCode }> {
  const store = Store.find(artifacts, io.cwd);
  const sessions: Session[] = [];
  let code: ExitCode = ExitCode.done;
  for (const input of await transcriptInputs(names, io.cwd)) {
    if (io.interrupted.aborted) break;
    const bytes = await readRestored(input, store, io);
    const found = readSessions(input.name, bytes);
    sessions.push(...found);
    if (found.length > 0 || bytes.length === 0) continue;
    await tell(io, `${input.name}: no known transcript format, left out`, "see --list-formats");
    code = ExitCode.condition;
  }
  return { sessions, code };
}

function showAs({ json, md, maxTokens, tokenizer = "o200k_base" }: FactsFlags): (facts: FactSet) => string {
  if (json && (md || maxTokens !== undefined)) {
    throw new CliError("--json prints all facts, expected no --md and no --max-tokens beside it");
  }
  if (json) return (facts) => `${JSON.stringify(facts, null, 2)}\n`;
  if (maxTokens === undefined) return factsAsMarkdown;
  if (!/^[1-9]\d{0,8}$/.test(maxTokens)) {
    throw new CliError(`--max-tokens ${maxTokens}: expected a number of tokens such as 800`);
  }
  if (!isTokenizerName(tokenizer)) {
    throw new CliError(
      `--tokenizer ${tokenizer}: expected one of ${tokenizers.map(({ name }) => name).join(", ")}`,
    );
  }
  const counter = tokenCounter(tokenizer);
  return (facts) => ledger(facts, Number(maxTokens), (text) => counter.count(text));
}
