// In: what an agent said, called and saw. Out: a session as OpenAI chat messages, and what the metric asks of it.
import { Prices } from "../../src/engine/prices.ts";
import { cutsOf } from "../../src/evaluate/recall/cut.ts";
import { Readings } from "../../src/evaluate/recall/readings.ts";
import type { Reference } from "../../src/evaluate/recall/reference.ts";
import { type References, referencesOf } from "../../src/evaluate/recall/references.ts";
import { shownBefore } from "../../src/evaluate/recall/shown.ts";
import { detectFormat, readTranscripts } from "../../src/formats/index.ts";
import { frameLines } from "../../src/jsonl/frame.ts";
import { tokenCounter } from "../../src/tokens/index.ts";
import type { Transcript } from "../../src/transcript/types.ts";

export interface Step {
  readonly say?: string;
  readonly call?: Readonly<Record<string, unknown>>;
  readonly tool?: string;
  readonly result?: string;
}

export function session(steps: readonly Step[], task = "Mend the parcel tracker."): string {
  const messages: object[] = [{ role: "user", content: task }];
  steps.forEach(({ say = "", call, tool = "bash", result = "" }, i) => {
    const id = `call_${i}`;
    const calls = [{ id, type: "function", function: { name: tool, arguments: JSON.stringify(call) } }];
    messages.push({ role: "assistant", content: say, ...(call === undefined ? {} : { tool_calls: calls }) });
    if (call !== undefined) messages.push({ role: "tool", tool_call_id: id, content: result });
  });
  return messages.map((message) => `${JSON.stringify(message)}\n`).join("");
}

export function read(source: string | Buffer): Transcript {
  const bytes = Buffer.from(source);
  const lines = frameLines(bytes);
  return [...readTranscripts(bytes, lines, detectFormat(lines)!.format)][0]!;
}

/** What is asked at the cut in the middle of the steps. */
export function askedOf(source: string): References {
  const transcript = read(source);
  const cut = cutsOf(transcript).find(({ share }) => share === 0.5)!;
  const prefix = read(cut.prefix);
  const future = transcript.blocks.filter(({ entry }) => entry.index >= cut.end);
  const { shown, last } = shownBefore(prefix, new Prices(tokenCounter("chars4")));
  return referencesOf({ prefix, future, shown, last }, new Readings());
}

export function named(references: readonly Reference[]): string[] {
  return references.map(({ kind, text }) => `${kind}: ${text}`);
}
