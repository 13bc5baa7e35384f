// In: records as plain objects. Out: the bytes of a file, what a format finds in it, and how two versions of it differ.
import { detectFormat, readTranscripts } from "../../src/formats/index.ts";
import { frameLines } from "../../src/jsonl/frame.ts";
import type { Block, Observation, Transcript } from "../../src/transcript/types.ts";

/** One record a line; a string is a line as it stands. */
export function jsonl(records: readonly unknown[]): Buffer {
  const lines = records.map((record) => (typeof record === "string" ? record : JSON.stringify(record)));
  return Buffer.from(lines.map((line) => `${line}\n`).join(""));
}

/** The format that a file is taken for, and why. */
export function detect(records: readonly unknown[]): { name: string; reason: string } | undefined {
  const detection = detectFormat(frameLines(jsonl(records)));
  return detection && { name: detection.format.name, reason: detection.reason };
}

/** All transcripts of a file in its detected format. */
export function readAll(records: readonly unknown[]): Transcript[] {
  const source = jsonl(records);
  const lines = frameLines(source);
  const detection = detectFormat(lines);
  if (detection === undefined) throw new Error("no format recognises these records");
  return [...readTranscripts(source, lines, detection.format)];
}

/** The transcript of a file that holds one. */
export function read(records: readonly unknown[]): Transcript {
  const [transcript, ...more] = readAll(records);
  if (transcript === undefined || more.length > 0) throw new Error("expected one transcript");
  return transcript;
}

/** What the model sees, block by block: `role kind: text`. */
export function context({ blocks }: Transcript): string[] {
  return blocks
    .filter(({ live, text }) => live && text !== undefined)
    .map(({ role, kind, text }) => `${role} ${kind}: ${text}`);
}

/** The numbers of the lines that the model still sees. */
export function liveLines({ blocks }: Transcript): number[] {
  return [...new Set(blocks.filter(({ live }) => live).map(({ entry }) => entry.line.number))];
}

/** The bytes of a block as they stand in its line. */
export function raw({ entry, span }: Block): string {
  return entry.line.bytes.toString("utf8", span.start, span.end);
}

export function sidecars({ blocks }: Transcript): string[] {
  return blocks.filter(({ kind }) => kind === "sidecar").map((block) => JSON.parse(raw(block)));
}

/** An observation in words: tool, target, outcome and texts. */
export function tell({ toolName, target, outcome, blocks }: Observation) {
  return { toolName, target, outcome, texts: blocks.map(({ text }) => text) };
}

/** The paths at which two values differ, list positions as `[]`; ids, numbers and order included. */
export function differences(before: unknown, after: unknown, path = "$"): string[] {
  if (typeof before === "object" && before !== null && typeof after === "object" && after !== null) {
    const names = [Object.keys(before), Object.keys(after)];
    if (JSON.stringify(names[0]) !== JSON.stringify(names[1])) return [`${path} has other members`];
    return Object.entries(before).flatMap(([name, value]) => {
      const place = Array.isArray(before) ? `${path}[]` : `${path}.${name}`;
      return differences(value, (after as Record<string, unknown>)[name], place);
    });
  }
  return before === after ? [] : [path];
}

/** Some lines that a tool printed: worth cutting, and unlike those of any other number. */
export function output(n: number): string {
  return Array.from({ length: 30 }, (_, i) => `line ${i} of output ${n}: nothing unusual`).join("\n");
}
