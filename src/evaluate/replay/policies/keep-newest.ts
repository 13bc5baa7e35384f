// Policies that keep the newest observations and give up all others: at every request, or from a size of the prompt on.
import { Cleared } from "./clear.ts";
import type { Policy } from "./policy.ts";

/** Every request clears what has become too old: the window slides. */
export const maskEveryTurn: Policy = {
  name: "mask every turn",
  source: "SWE-agent, and JetBrains, The Complexity Trap: M = 10, the first observation stays",
  begin({ prices }) {
    const cleared = new Cleared(
      prices,
      (text) => `Old environment output: (${text.split("\n").length} lines omitted)`,
    );
    return ({ observations }) => cleared.clear(observations.slice(1, Math.max(1, observations.length - 10)));
  },
};

/**
 * Read in its favour: what was cleared stays so, and the prompt as it was sent is what the trigger looks at. Taken on the whole history
 * anew at each request, it would slide as masking does.
 */
export const clearAtSize: Policy = {
  name: "clear keep=3 at 100k",
  source: "Anthropic, clear_tool_uses, defaults",
  begin({ prices }) {
    const cleared = new Cleared(prices, () => "[cleared]");
    return ({ prompt, observations }) =>
      prompt.total <= 100_000 ? [] : cleared.clear(observations.slice(0, -3));
  },
};
