// In: a prefix and what a compactor made of it. Out: what is told beside recall and never mixed with it: what it would cost to read
// the missing again, and whether the trail of files and the rules that people gave are still there.
import { fileKeys } from "../../scoring/files.ts";
import { commandKind } from "../../transcript/command-kind.ts";
import type { Block, Transcript } from "../../transcript/types.ts";
import { isThere, type Kept } from "./kept.ts";
import type { Reference } from "./reference.ts";
import type { Shown } from "./shown.ts";

export interface Beside {
  /** Tokens of the smallest observations that hold what is missing, each once. */
  readonly rereadTokens: number;
  /** Share of the kept tokens that were no longer true at the cut: reads of files edited since, test results from before an edit. */
  readonly stale: number | undefined;
  /** Share of the files that were read or edited which are still named; undefined where there was none. */
  readonly artifactTrail: number | undefined;
  /** Share of the sentences of users with must, never, do not or only which are still there word for word. */
  readonly constraints: number | undefined;
}

export function besideOf(
  prefix: Transcript,
  output: Transcript,
  found: { references: readonly Reference[]; kept: Kept; shown: readonly Shown[] },
): Beside {
  const after = liveTexts(output);
  const users = after.filter(({ role }) => role === "user");
  const isIn = (blocks: readonly Block[]) => (text: string) =>
    blocks.some((block) => block.text?.includes(text));
  return {
    rereadTokens: rereadTokens(found),
    stale: staleShare(found),
    artifactTrail: shareOf(filesTouched(prefix), isIn(after)),
    constraints: shareOf(rulesOf(prefix), isIn(users)),
  };
}

function liveTexts({ blocks }: Transcript): Block[] {
  return blocks.filter(({ live, text }) => live && text !== undefined);
}

function rereadTokens({
  references,
  kept,
  shown,
}: {
  references: readonly Reference[];
  kept: Kept;
  shown: readonly Shown[];
}): number {
  const read = new Set<number>();
  for (const reference of references) {
    if (isThere(reference, kept)) continue;
    const holders = reference.places.map((place) => place.shown);
    read.add(holders.reduce((best, index) => (shown[index]!.tokens < shown[best]!.tokens ? index : best)));
  }
  return [...read].reduce((sum, index) => sum + shown[index]!.tokens, 0);
}

function staleShare({ kept, shown }: { kept: Kept; shown: readonly Shown[] }): number | undefined {
  const kinds = shown.map(({ observation: { toolName, target } }) => ({
    kind: commandKind(toolName, target),
    files: fileKeys(target),
  }));
  const isStale = ({ kind, files }: (typeof kinds)[number], index: number) =>
    (kind === "read" || kind === "test") &&
    kinds.some(
      (later, at) =>
        at > index &&
        later.kind === "edit" &&
        (kind === "test" || later.files.some((file) => files.includes(file))),
    );
  let all = 0;
  let stale = 0;
  shown.forEach(({ prices }, index) => {
    const tokens = prices.reduce((sum, price, line) => sum + (kept.lines[index]![line] === 1 ? price : 0), 0);
    all += tokens;
    if (isStale(kinds[index]!, index)) stale += tokens;
  });
  return all === 0 ? undefined : stale / all;
}

function filesTouched({ observations }: Transcript): Set<string> {
  const touched = observations.filter(({ live, toolName, target }) => {
    const kind = commandKind(toolName, target);
    return live && (kind === "read" || kind === "edit");
  });
  return new Set(touched.flatMap(({ target }) => fileKeys(target)));
}

const RULE = /\b(?:must|never|do not|don't|only)\b/i;

function rulesOf(prefix: Transcript): Set<string> {
  const texts = liveTexts(prefix).filter(({ role, kind }) => role === "user" && kind === "text");
  const sentences = texts.flatMap(({ text = "" }) => text.split(/(?<=[.!?])\s+|\n+/));
  return new Set(sentences.map((sentence) => sentence.trim()).filter((sentence) => RULE.test(sentence)));
}

function shareOf(items: ReadonlySet<string>, isThere: (item: string) => boolean): number | undefined {
  return items.size === 0 ? undefined : [...items].filter(isThere).length / items.size;
}
