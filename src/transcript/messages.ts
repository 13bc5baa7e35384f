// In: what the agent said. Out: the same as if a call had brought it: what cutting, marking and storing a text takes.
import type { Block, Observation, Transcript } from "./types.ts";

/** Assistant text in context, and thinking that nobody signed. */
export function messagesOf(transcript: Transcript): Observation[] {
  return transcript.blocks.filter(isMessage).map(messageOf);
}

function isMessage({ live, tier, text }: Block): boolean {
  return live && tier === "careful" && text !== undefined;
}

function messageOf(block: Block): Observation {
  const { turn, step } = block.entry;
  return {
    index: -1,
    call: undefined,
    blocks: [block],
    toolName: "assistant",
    target: undefined,
    outcome: "ran",
    live: block.live,
    turn,
    step,
  };
}
