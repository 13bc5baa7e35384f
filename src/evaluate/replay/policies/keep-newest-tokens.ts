// Policies that keep so many tokens of the newest observations, and give up what is older when it is enough to be worth it.
import type { Observation } from "../../../transcript/types.ts";
import { Cleared, tokensOf } from "./clear.ts";
import type { Policy } from "./policy.ts";

/** Runs when a turn has ended; what belongs to the last two turns is not looked at, nor what lies before something cleared. */
export const opencode: Policy = {
  name: "opencode 40k/20k",
  source: "opencode, prune, where it is switched on",
  begin({ prices }) {
    const cleared = new Cleared(prices, () => "[Old tool result content cleared]");
    let turn = 0;
    return ({ request, prompt, observations }) => {
      if (request.turn === turn) return [];
      turn = request.turn;
      const open = observations.slice(observations.findLastIndex((one) => cleared.has(one)) + 1);
      const older = open.filter((one) => one.turn <= turn - 3 && one.toolName !== "skill");
      const old = beyond(older, 40_000, prompt);
      return sum(old, prompt) > 20_000 ? cleared.clear(old) : [];
    };
  },
};

const PREVIEW = 250;

/** Looks at every request; the newest message is not looked at. A preview of each masked output stays. */
export const gemini: Policy = {
  name: "gemini 50k/30k",
  source: "Gemini CLI, tool output masking",
  begin({ prices }) {
    const cleared = new Cleared(prices, (text) =>
      text.length <= 2 * PREVIEW
        ? text
        : `<tool_output_masked>\n${text.slice(0, PREVIEW)}\n... [TRUNCATED] ...\n${text.slice(-PREVIEW)}\n\nOutput too large. Full output available at: /tmp/tool-outputs/shell_1.txt\n</tool_output_masked>`,
    );
    return ({ prompt, observations }) => {
      const last = observations.at(-1)?.step;
      const old = beyond(
        observations.filter((one) => one.step !== last && !cleared.has(one)),
        50_000,
        prompt,
      );
      return sum(old, prompt) < 30_000 ? [] : cleared.clear(old);
    };
  },
};

type Prompted = Parameters<typeof tokensOf>[1];

/** What is older than so many tokens, the one that goes beyond them included. */
function beyond(observations: readonly Observation[], tokens: number, prompt: Prompted): Observation[] {
  let kept = 0;
  let first = observations.length;
  while (first > 0 && kept <= tokens) kept += tokensOf(observations[--first]!, prompt);
  return kept > tokens ? observations.slice(0, first + 1) : [];
}

function sum(observations: readonly Observation[], prompt: Prompted): number {
  return observations.reduce((all, one) => all + tokensOf(one, prompt), 0);
}
