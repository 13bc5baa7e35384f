// In: a transcript. Out: what no stage may touch, line by line, with the reason (promise 5). Depends on calls, outcomes and
// markers only, so that it is the same after a compaction.
import picomatch from "picomatch";
import { asksUser, isRetrieval } from "../transcript/calls.ts";
import { commandKind } from "../transcript/command-kind.ts";
import { isErrorLine } from "../transcript/error-lines.ts";
import { messagesOf } from "../transcript/messages.ts";
import { endedBadly, endedWell } from "../transcript/outcomes.ts";
import { withoutFilters } from "../transcript/output-filters.ts";
import { clip, unite } from "../transcript/ranges.ts";
import { type Block, type Observation, type Range, type Transcript, WHOLE } from "../transcript/types.ts";
import type { Prices } from "./prices.ts";

/** The newest results stay whole, whatever a preset says. */
const NEWEST_OPERATIONS = 3;
/** What an agent fetched back stays, or it would fetch in circles. */
const NEWEST_RETRIEVALS = 20;
/** An unresolved error stays whole up to this size; of a longer one its error lines stay. In tokens. */
const WHOLE_ERROR_TOKENS = 2000;
const LINES_AROUND_AN_ERROR = 2;
/** Where a long failed output has no line that we know for an error, its end is the best guess. */
const LAST_LINES_OF_AN_ERROR = 10;

export interface Shield {
  readonly ranges: readonly Range[];
  readonly reason: string;
}

/** Which lines of which blocks stay, and why. */
export class Protection {
  private readonly shields = new Map<Block, Shield[]>();

  add(block: Block, ranges: readonly Range[], reason: string): void {
    const shields = this.shields.get(block);
    if (shields === undefined) this.shields.set(block, [{ ranges, reason }]);
    else shields.push({ ranges, reason });
  }

  /** @returns ascending line ranges; `WHOLE` for a block that may not be touched at all */
  ranges(block: Block): Range[] {
    if (block.tier === "never") return [WHOLE];
    return unite((this.shields.get(block) ?? []).flatMap(({ ranges }) => ranges));
  }

  /** The first reason, for people. */
  reason(block: Block): string {
    if (block.tier === "never") return "text that only its author may delete";
    return this.shields.get(block)?.[0]?.reason ?? "not protected";
  }
}

/**
 * @param patterns what `--protect` names: globs on tools and paths, or `/regex/` on lines
 * @param isCareful whether text of the careful tier may go too
 */
export function protect(
  transcript: Transcript,
  patterns: readonly string[],
  prices: Prices,
  isCareful = false,
): Protection {
  const protection = new Protection();
  protectMessages(transcript, isCareful, protection);
  const live = transcript.observations.filter((observation) => observation.live);

  const whole = (observations: readonly Observation[], reason: string) => {
    for (const { blocks } of observations) for (const block of blocks) protection.add(block, [WHOLE], reason);
  };
  whole(live.slice(-NEWEST_OPERATIONS), `one of the last ${NEWEST_OPERATIONS} operations`);
  whole(
    live.filter(({ target, toolName }) => isRetrieval(target, toolName)).slice(-NEWEST_RETRIEVALS),
    "fetched back by the agent",
  );
  whole(
    live.filter(({ toolName }) => asksUser(toolName)),
    "the user's own answer",
  );
  protectLastMessage(transcript, live, protection);
  for (const observation of unresolved(live)) protectError(observation, protection, prices);
  for (const pattern of patterns) protectPattern(pattern, live, protection);
  return protection;
}

/** Agents without a tool interface write their calls into their text: there it is what outcomes and targets are read from. */
function protectMessages(transcript: Transcript, isCareful: boolean, protection: Protection): void {
  const holdsCalls = transcript.observations.some(
    ({ live, call, target }) => live && call === undefined && target !== undefined,
  );
  if (isCareful && !holdsCalls) return;
  const reason = holdsCalls
    ? "assistant text that holds calls"
    : "assistant text, which only --tier careful names";
  for (const { blocks } of messagesOf(transcript)) protection.add(blocks[0]!, [WHOLE], reason);
}

function protectLastMessage(
  transcript: Transcript,
  live: readonly Observation[],
  protection: Protection,
): void {
  const written = transcript.blocks.filter(({ live, role }) => live && role === "assistant");
  const step = written.at(-1)?.entry.step;
  const reason = "the last assistant message with its results";
  for (const block of written) if (block.entry.step === step) protection.add(block, [WHOLE], reason);
  for (const { step: at, blocks } of live) {
    if (at === step) for (const block of blocks) protection.add(block, [WHOLE], reason);
  }
}

/**
 * Ended badly, and no later call of the same tool with the same command or path went well: of several such failures the newest,
 * which is the current one. A run that went well resolves the command with any filter of its output, if its own shows the end.
 */
function unresolved(live: readonly Observation[]): Observation[] {
  const failures = new Map<string, Map<string, Observation>>();
  for (const observation of live) {
    const { toolName, target = "", outcome } = observation;
    const { command, showsEnd } = withoutFilters(target);
    const question = `${toolName}\n${command}`;
    const open = failures.get(question) ?? new Map<string, Observation>();
    failures.set(question, open);
    if (endedWell(outcome)) {
      if (showsEnd) open.clear();
      else open.delete(target);
    } else if (endedBadly(outcome) && !foundNothing(observation)) open.set(target, observation);
  }
  return [...failures.values()].flatMap((open) => [...open.values()]);
}

/** grep and its kin end with 1 when nothing matches: an answer, not an error. */
function foundNothing({ toolName, target, outcome }: Observation): boolean {
  return outcome === "exit 1" && commandKind(toolName, target) === "list";
}

function protectError({ blocks }: Observation, protection: Protection, prices: Prices): void {
  const tokens = blocks.reduce((sum, block) => sum + prices.originalTokens(block), 0);
  for (const block of blocks) {
    const isShort = tokens <= WHOLE_ERROR_TOKENS;
    protection.add(block, isShort ? [WHOLE] : errorRanges(block.text ?? ""), "an unresolved error");
  }
}

function errorRanges(text: string): Range[] {
  const lines = text.split("\n");
  const ranges = lines.flatMap((line, i): Range[] =>
    isErrorLine(line) ? [[i - LINES_AROUND_AN_ERROR, i + LINES_AROUND_AN_ERROR + 1]] : [],
  );
  return clip(
    ranges.length > 0 ? ranges : [[lines.length - LAST_LINES_OF_AN_ERROR, lines.length]],
    lines.length,
  );
}

function protectPattern(pattern: string, live: readonly Observation[], protection: Protection): void {
  const reason = `--protect ${pattern}`;
  const expression = /^\/(.+)\/([a-z]*)$/s.exec(pattern);
  if (expression !== null) {
    const lines = new RegExp(expression[1]!, expression[2]?.replace(/[gy]/g, "")); // those would remember the line before
    for (const block of live.flatMap(({ blocks }) => blocks)) {
      const ranges = (block.text ?? "")
        .split("\n")
        .flatMap((line, i): Range[] => (lines.test(line) ? [[i, i + 1]] : []));
      if (ranges.length > 0) protection.add(block, ranges, reason);
    }
    return;
  }
  const matches = picomatch(pattern, { dot: true, contains: false });
  for (const { toolName, target, blocks } of live) {
    const names = [toolName, target ?? "", ...(target ?? "").split(/\s+/)];
    if (names.some((name) => name !== "" && matches(name)))
      for (const block of blocks) protection.add(block, [WHOLE], reason);
  }
}
