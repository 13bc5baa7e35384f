// In: the observations of a cut. Out: what harnesses and papers do to them, with the numbers that they were published with: whole old
// observations go, and a short text of theirs stands in each place. None takes a budget.
import type { Kept } from "../kept.ts";
import type { Shown } from "../shown.ts";
import type { Material } from "./material.ts";

export interface Published {
  readonly name: string;
  readonly source: string;
  /** @returns undefined where the prefix is too short for the method to do anything */
  keep(material: Material): Kept | undefined;
}

const OMITTED = ({ lines }: Shown) => `Old environment output: (${lines.length} lines omitted)`;

export const published: readonly Published[] = [
  newest("mask M=10", "SWE-agent, and JetBrains, The Complexity Trap", 10, {
    keepsFirst: true,
    placeholder: OMITTED,
  }),
  newest("mask M=5", "the same, half the window", 5, { keepsFirst: true, placeholder: OMITTED }),
  newest("clear keep=3", "Anthropic, clear_tool_uses", 3, {
    keepsFirst: false,
    placeholder: () => "[cleared]",
  }),
  byTokens("opencode 40k/20k", "opencode, prune", 40_000, 20_000, "[Old tool result content cleared]"),
  byTokens("gemini 50k/30k", "Gemini CLI, tool output masking", 50_000, 30_000, "<tool_output_masked>"),
];

/** The newest observations stay. */
function newest(
  name: string,
  source: string,
  keep: number,
  { keepsFirst, placeholder }: { keepsFirst: boolean; placeholder: (shown: Shown) => string },
): Published {
  return {
    name,
    source,
    keep: (material) => {
      const { length } = material.shown;
      const isKept = (index: number) => index >= length - keep || (keepsFirst && index === 0);
      return whole(material, isKept, placeholder);
    },
  };
}

/** Going back, so many tokens stay; what is older goes when it is enough to be worth it. */
function byTokens(
  name: string,
  source: string,
  keep: number,
  minimum: number,
  placeholder: string,
): Published {
  return {
    name,
    source,
    keep: (material) => {
      const { shown } = material;
      let tokens = 0;
      let first = shown.length;
      while (first > 0 && tokens < keep) tokens += shown[--first]!.tokens;
      const older = shown.slice(0, first).reduce((sum, { tokens }) => sum + tokens, 0);
      return older < minimum
        ? undefined
        : whole(
            material,
            (index) => index >= first,
            () => placeholder,
          );
    },
  };
}

function whole(
  { shown, counter }: Material,
  isKept: (index: number) => boolean,
  placeholder: (shown: Shown) => string,
): Kept | undefined {
  if (shown.every((_, index) => isKept(index))) return undefined;
  return {
    lines: shown.map(({ lines }, index) => new Uint8Array(lines.length).fill(isKept(index) ? 1 : 0)),
    tokens: shown.reduce(
      (sum, one, index) => sum + (isKept(index) ? one.tokens : counter.count(placeholder(one))),
      0,
    ),
  };
}
