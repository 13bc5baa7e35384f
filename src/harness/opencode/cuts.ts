// In: what compact made of a transcript. Out: what stands in the place of which result, from now on: kept in the store, so that a
// session that goes on later sends the same bytes again and finds them in the provider's cache.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Message } from "./messages.ts";
import { resultsOf } from "./messages.ts";

export interface Cut {
  /** SHA-256 of the whole text: a result that is another now is left alone. */
  readonly of: string;
  readonly text: string;
}

/** By the id of the call. */
export type Cuts = ReadonlyMap<string, Cut>;

const MARKER = /^\[compact get [0-9a-f]{8}: /;

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Changes what the model will see, and nothing that opencode keeps. */
export function applyCuts(messages: readonly Message[], cuts: Cuts): void {
  for (const { callID, state } of resultsOf(messages)) {
    const cut = cuts.get(callID);
    if (cut !== undefined && cut.of === hashOf(state.output)) state.output = cut.text;
  }
}

/**
 * @param smaller the transcript that compact wrote
 * @param wholes hash of the whole text by call, of all that was sent to it
 */
export function cutsIn(smaller: string, wholes: ReadonlyMap<string, string>): Map<string, Cut> {
  const found = new Map<string, Cut>();
  for (const line of smaller.split("\n").filter(Boolean)) {
    const {
      role,
      tool_call_id: id,
      content,
    }: { role: string; tool_call_id?: string; content?: unknown } = JSON.parse(line);
    const of = id === undefined ? undefined : wholes.get(id);
    if (role !== "tool" || id === undefined || of === undefined) continue;
    if (typeof content === "string" && MARKER.test(content)) found.set(id, { of, text: content });
  }
  return found;
}

/** Empty where nothing was cut yet, or where the file cannot be read: then all is sent whole. */
export function loadCuts(path: string): Map<string, Cut> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path, "utf8")) as Record<string, Cut>));
  } catch {
    return new Map();
  }
}

export function saveCuts(path: string, cuts: Cuts): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, JSON.stringify(Object.fromEntries(cuts)), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
