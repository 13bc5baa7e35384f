// In: observations that a policy of others gives up. Out: the edits that put its placeholder where each of them stood.
import type { Prices } from "../../../engine/prices.ts";
import type { Observation } from "../../../transcript/types.ts";
import type { Edit, Prompt } from "../prompt.ts";

/** Remembers what was cleared: it stays so. */
export class Cleared {
  private readonly observations = new Set<Observation>();
  private readonly prices: Prices;
  private readonly placeholder: (text: string) => string;

  /** @param placeholder what stands in the place of a text; the text itself where it stays */
  constructor(prices: Prices, placeholder: (text: string) => string) {
    this.prices = prices;
    this.placeholder = placeholder;
  }

  has(observation: Observation): boolean {
    return this.observations.has(observation);
  }

  clear(observations: readonly Observation[]): Edit[] {
    return observations.flatMap((observation) => {
      if (this.has(observation)) return [];
      this.observations.add(observation);
      const [first, ...rest] = observation.blocks;
      if (first === undefined) return [];
      const text = observation.blocks.flatMap((block) => block.text ?? []).join("\n");
      return [
        { block: first.id, tokens: this.prices.count(this.placeholder(text)) },
        ...rest.map(({ id }) => ({ block: id, tokens: 0 })),
      ];
    });
  }
}

/** What an observation takes up in the prompt. */
export function tokensOf({ blocks }: Observation, prompt: Pick<Prompt, "tokens">): number {
  return blocks.reduce((sum, { id }) => sum + prompt.tokens(id), 0);
}
