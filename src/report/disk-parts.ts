// In: a transcript and the size of its file. Out: where the bytes are.
import type { Block, Transcript } from "../transcript/types.ts";
import type { DiskParts } from "./report.ts";

export const NO_PARTS: DiskParts = { live: 0, dead: 0, sidecar: 0, image: 0, opaque: 0, structure: 0 };

/** Nothing is known of a file that cannot be read: all of it is structure. */
export function diskParts(transcript: Transcript, size: number): DiskParts {
  const parts = { ...NO_PARTS, structure: size };
  for (const block of transcript.blocks) {
    const part = partOf(block);
    parts[part] += block.bytes;
    parts.structure -= block.bytes;
  }
  return parts;
}

function partOf({ kind, live }: Block): Exclude<keyof DiskParts, "structure"> {
  if (kind === "sidecar") return "sidecar";
  if (!live) return "dead";
  return kind === "image" || kind === "opaque" ? kind : "live";
}
