// In: the entries of a transcript, what is live marked. Out: of each, its turn and step along the live chain: a turn begins with a
// user message, a step with an assistant message.
import type { Entry } from "../transcript/types.ts";

/** @param messageIdOf what several entries of one assistant message share */
export function countTurns(
  entries: readonly Entry[],
  messageIdOf: (entry: Entry) => string | undefined,
): void {
  let turn = 0;
  let step = 0;
  let message: string | undefined;
  let inStep = false;
  for (const entry of entries) {
    const block = entry.blocks.find(({ live }) => live);
    if (block === undefined) continue;
    if (block.role === "assistant") {
      const id = messageIdOf(entry);
      if (!inStep || (id !== undefined && id !== message)) {
        if (id === undefined || id !== message) step++;
        message = id;
      }
      inStep = true;
    } else {
      inStep = false;
      if (entry.blocks.some(({ role, kind }) => role === "user" && kind === "text")) turn++;
    }
    entry.turn = turn;
    entry.step = step;
  }
}
