// In: the name of an encoding. Out: what js-tiktoken counts. It needs half a second to start and squares the length of a
// piece, so tests give it short pieces.

import { Tiktoken, type TiktokenBPE } from "js-tiktoken/lite";
import cl100kBase from "js-tiktoken/ranks/cl100k_base";
import o200kBase from "js-tiktoken/ranks/o200k_base";

const ranks: Record<ExactName, TiktokenBPE> = { o200k_base: o200kBase, cl100k_base: cl100kBase };

export type ExactName = "o200k_base" | "cl100k_base";
export const exactNames: readonly ExactName[] = ["o200k_base", "cl100k_base"];

/** A count by js-tiktoken in which special-token strings are plain text. */
export function oracle(name: ExactName): (text: string) => number {
  const encoding = new Tiktoken(ranks[name]);
  return (text) => encoding.encode(text, [], []).length;
}
