// In: what became of a transcript whose budget was not met. Out: what stands in its way: tokens by reason. Tells only.
import { contains } from "../transcript/ranges.ts";
import type { Block, Transcript } from "../transcript/types.ts";
import type { Cut } from "./choose.ts";
import type { Prices } from "./prices.ts";
import type { Protection } from "./protection.ts";

/** What is left for one reason. */
export interface Rest {
  readonly reason: string;
  readonly tokens: number;
}

/** @returns the most first */
export function explainRest(
  transcript: Transcript,
  cuts: readonly Cut[],
  protection: Protection,
  prices: Prices,
): Rest[] {
  const cutTokens = new Map(cuts.map(({ block, tokens }) => [block, tokens]));
  const rests = transcript.blocks.flatMap((block): Rest[] => {
    const tokens = cutTokens.get(block) ?? prices.tokens(block);
    if (tokens === 0) return [];
    if (block.kind !== "result") return [{ reason: kindOf(block), tokens }];
    const shielded = shieldedTokens(block, protection, prices);
    const rest = tokens - Math.min(tokens, shielded);
    return [
      { reason: protection.reason(block), tokens: tokens - rest },
      {
        reason: cutTokens.has(block) ? "markers" : "observations that no stage names or that are short",
        tokens: rest,
      },
    ];
  });
  return joinRests(rests);
}

/** @returns the most first */
export function joinRests(rests: readonly Rest[]): Rest[] {
  const sums = new Map<string, number>();
  for (const { reason, tokens } of rests) sums.set(reason, (sums.get(reason) ?? 0) + tokens);
  return [...sums]
    .map(([reason, tokens]) => ({ reason, tokens }))
    .filter(({ tokens }) => tokens > 0)
    .sort((a, b) => b.tokens - a.tokens);
}

function shieldedTokens(block: Block, protection: Protection, prices: Prices): number {
  const ranges = protection.ranges(block);
  const lines = (block.text ?? "").split("\n");
  const priced = prices.lines(block);
  return lines.reduce((sum, _, line) => (contains(ranges, line) ? sum + priced.line(line) : sum), 0);
}

const KINDS: Readonly<Record<string, string>> = {
  call: "calls and their arguments",
  thinking: "thinking",
  summary: "summaries",
};

function kindOf({ kind, role }: Block): string {
  return KINDS[kind] ?? `text of the ${role}`;
}
