// In: a block. Out: the word of the report for what it is in the context.
import type { Block } from "../transcript/types.ts";

/** Kinds in the order in which people ask for them. */
export const KIND_ORDER: readonly string[] = [
  "observation",
  "call",
  "assistant",
  "thinking",
  "user",
  "summary",
  "system",
];

export function contextKind({ kind, role }: Block): string {
  if (kind === "result") return "observation";
  return kind === "text" ? role : kind;
}

/** Those that we do not know come last. */
export function byKindOrder(a: string, b: string): number {
  const place = (kind: string) =>
    (KIND_ORDER.indexOf(kind) + KIND_ORDER.length + 1) % (KIND_ORDER.length + 1);
  return place(a) - place(b);
}
