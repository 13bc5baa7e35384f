// In: a copy of a payload that the model never sees, as a JSON value. Out: the long strings in it that may go. Opaque content,
// pictures and what a viewer needs to find its way are not among them.
import type { JsonNode } from "../jsonl/json-node.ts";

/** Shorter strings are not even looked at: a marker would free next to nothing. In bytes of the file. */
const MIN_BYTES = 64;

const NOT_A_COPY = /^(?:signature|thinking|encrypted_content|base64|image_url|url|.*path)$/i;
const NOT_A_COPY_TYPES: ReadonlySet<string> = new Set([
  "image",
  "thinking",
  "redacted_thinking",
  "base64",
  "document",
]);

/** @returns string nodes, in file order */
export function payloadsIn(node: JsonNode, found: JsonNode[] = []): readonly JsonNode[] {
  if (node.end - node.start < MIN_BYTES) return found;
  if (node.type === "string") found.push(node);
  else if (!NOT_A_COPY_TYPES.has(node.text("type") ?? "")) {
    node.values.forEach((value, i) => {
      const name = node.keys[i]?.text();
      if (name === undefined || !NOT_A_COPY.test(name)) payloadsIn(value, found);
    });
  }
  return found;
}
