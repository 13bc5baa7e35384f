// In: paths of files and folders. Out: the texts in them, each once: every string of a JSONL or JSON file, any other file
// as a whole. Ends at a limit of megabytes, because the slowest counter needs seconds for each.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

function* filesIn(path) {
  if (!statSync(path).isDirectory()) yield path;
  else for (const name of readdirSync(path).toSorted()) yield* filesIn(join(path, name));
}

function* stringsIn(value) {
  if (typeof value === "string") yield value;
  else if (value !== null && typeof value === "object")
    for (const part of Object.values(value)) yield* stringsIn(part);
}

function* textsIn(path) {
  const content = readFileSync(path, "utf8");
  const documents = path.endsWith(".jsonl") ? content.split("\n") : path.endsWith(".json") ? [content] : [];
  if (documents.length === 0) yield content;
  for (const document of documents) {
    let value = document;
    try {
      value = JSON.parse(document);
    } catch {
      // Torn lines occur; they are texts, too.
    }
    yield* stringsIn(value);
  }
}

export function material(paths, maxBytes) {
  const texts = new Set();
  let bytes = 0;
  for (const file of paths.flatMap((path) => [...filesIn(path)])) {
    for (const text of textsIn(file)) {
      if (texts.has(text)) continue;
      texts.add(text);
      bytes += Buffer.byteLength(text);
      if (bytes >= maxBytes) return { texts: [...texts], bytes };
    }
  }
  return { texts: [...texts], bytes };
}
