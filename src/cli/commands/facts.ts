// `compact facts FILE...`. In: transcripts. Out: what they establish, on stdout: as Markdown, as a ledger of so many tokens, or as
// JSON. Reads the whole session, also what was compacted, and never changes it.
import { collectFacts, type FactSet } from "../../memory/facts/index.ts";
import { factsAsMarkdown, ledger } from "../../memory/facts/markdown.ts";
import { factsSince, parseSince } from "../../memory/facts/since.ts";
import { isTokenizerName, tokenCounter, tokenizers } from "../../tokens/index.ts";
import { ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { CliError } from "../messages.ts";
import { writeOutput } from "../outputs.ts";
import { remember } from "../remember.ts";

export interface FactsFlags {
  readonly json?: boolean;
  readonly md?: boolean;
  readonly since?: string;
  readonly maxTokens?: string;
  readonly tokenizer?: string;
  readonly artifacts?: string;
  readonly quiet?: boolean;
}

export async function runFacts(names: readonly string[], flags: FactsFlags, io: Io): Promise<ExitCode> {
  const show = showAs(flags);
  const since = flags.since === undefined ? undefined : parseSince(flags.since);
  if (flags.since !== undefined && since === undefined) {
    throw new CliError(`--since ${flags.since}: expected a line such as 120, or a date such as 2026-11-20`);
  }
  const { sessions, code } = await remember(names, flags, io);
  if (io.interrupted.aborted) return ExitCode.interrupted;
  const facts = collectFacts(sessions);
  const text = show(since === undefined ? facts : factsSince(facts, since));
  await writeOutput({ type: "stdout" }, [Buffer.from(text)], io);
  return code;
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
