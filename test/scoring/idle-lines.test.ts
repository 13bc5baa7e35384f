// What selection leaves between gaps says something.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { detectFormat, readTranscripts } from "../../src/formats/index.ts";
import { compact } from "../../src/index.ts";
import { frameLines } from "../../src/jsonl/frame.ts";

const samples = join(import.meta.dirname, "..", "..", "samples");
const GAP = /^\[\.\.\.\d+-\d+\]$/m;
const IDLE = /^[^\p{L}\p{N}]*$/u;

/** Of every cut text what stands between its gaps. */
function partsOf(output: Buffer): string[] {
  const lines = frameLines(output);
  const format = detectFormat(lines)!.format;
  return Array.from(readTranscripts(output, lines, format)).flatMap(({ blocks }) =>
    blocks.flatMap(({ text = "" }) =>
      text.startsWith("[compact get") ? text.slice(text.indexOf("\n") + 1).split(GAP) : [],
    ),
  );
}

test.each(readdirSync(samples).filter((name) => name.endsWith(".jsonl")))(
  "%s: no bracket and no blank line stands alone between two gaps",
  (name) => {
    const source = readFileSync(join(samples, name));
    const { chunks } = compact(source, { stages: [["delete-lines", { keep: 0.3 }]] });
    const parts = partsOf(Buffer.concat([...chunks()]));
    const alone = parts.filter((part) => part !== "" && IDLE.test(part));
    expect(alone).toEqual([]);
  },
);
