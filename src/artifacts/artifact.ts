// In: an observation that is about to be cut. Out: its whole original text under its name. Stores nothing.
import { createHash } from "node:crypto";
import { REF_LENGTH } from "../transcript/marker.ts";
import type { Observation } from "../transcript/types.ts";

export interface Artifact {
  /** Of the UTF-8 bytes of `text`, in hex. */
  readonly sha256: string;
  /** What markers call it. */
  readonly ref: string;
  /** The texts of all blocks of the observation, joined by a line feed. */
  readonly text: string;
  readonly observation: Observation;
}

const known = new WeakMap<Observation, Artifact>();

/** Hashed once an observation: its marker's price depends on the ref. */
export function artifactOf(observation: Observation): Artifact {
  let artifact = known.get(observation);
  if (artifact === undefined) {
    const text = observation.blocks.map((block) => block.text ?? "").join("\n");
    const sha256 = createHash("sha256").update(text, "utf8").digest("hex");
    artifact = { sha256, ref: sha256.slice(0, REF_LENGTH), text, observation };
    known.set(observation, artifact);
  }
  return artifact;
}
