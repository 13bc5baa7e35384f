// In: sessions, in order. Out: the URLs, commits, versions, ports and ids that came up once and were used again later, by a call or
// by the agent's own words. What was only printed is no reference.
import type { Session } from "../session.ts";
import { type Source, sourceOf } from "../source.ts";
import type { Reference, ReferenceKind } from "./fact-set.ts";

/** Each with the group that holds the reference. */
const SHAPES: readonly (readonly [kind: ReferenceKind, shape: RegExp])[] = [
  ["url", /\bhttps?:\/\/[^\s"'`<>()[\]{}\\|]{4,300}[^\s"'`<>()[\]{}\\|.,;:!?*]/g],
  ["commit", /(?<![\w-])(?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])(?:[0-9a-f]{40}|[0-9a-f]{7,12})(?![\w-])/g],
  [
    "version",
    /(?<![\w.])(?:v\d+\.\d+(?:\.\d+)*|(?:@[\w-]+\/)?[a-z][\w-]{1,40}@\d+\.\d+\.\d+)(?:-[\w.]+)?(?![\w.]*\w)/g,
  ],
  ["port", /(?<=(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|\bport)[: ])\d{2,5}\b/g],
  [
    "id",
    /(?<![\w-])(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[A-Z][A-Z0-9]{1,9}-\d{1,6}|#\d{2,6})(?![\w-])/g,
  ],
];

/** What looks like an id and is a standard or an encoding. */
const NO_ID = /^(?:UTF|ISO|SHA|RFC|MD|AES|RSA|HTTP|CVE|GPT|ES|UTC)-/;
/** A block beyond this is a dump; only its beginning is read. In characters. */
const MAX_TEXT = 100_000;

interface OpenReference {
  readonly kind: ReferenceKind;
  readonly text: string;
  readonly first: Source;
  last: Source;
  uses: number;
}

export function referencesIn(sessions: readonly Session[]): Reference[] {
  const known = new Map<string, OpenReference>();
  for (const { name, transcript } of sessions) {
    for (const block of transcript.blocks) {
      if (block.text === undefined || block.kind === "summary" || block.role === "system") continue;
      const isUse = block.role === "assistant" && block.kind !== "thinking";
      let source: Source | undefined;
      const text = block.text.slice(0, MAX_TEXT);
      for (const [kind, shape] of SHAPES) {
        for (const found of new Set(text.match(shape))) {
          if (kind === "id" && NO_ID.test(found)) continue;
          source ??= sourceOf(name, block, undefined);
          const reference = known.get(found);
          if (reference === undefined)
            known.set(found, { kind, text: found, first: source, last: source, uses: 0 });
          else if (isUse && (reference.first.step !== source.step || reference.first.transcript !== name)) {
            reference.last = source;
            reference.uses++;
          }
        }
      }
    }
  }
  return [...known.values()].filter(({ uses }) => uses > 0);
}
