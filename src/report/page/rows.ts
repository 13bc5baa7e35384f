// In: a transcript and what is folded. Out: the rows of its view, each one line high: what a long transcript costs is a list of
// small records, and never an element for each.
import type { Cause, RemovedLines, SessionBlock } from "../session-data.ts";

export interface SessionData {
  readonly blocks: readonly SessionBlock[];
  readonly causes: readonly Cause[];
}

export type Row =
  | { readonly type: "block"; readonly block: number }
  /** Lines that went, folded or with their lines below. */
  | {
      readonly type: "removed";
      readonly block: number;
      readonly removed: RemovedLines;
      readonly isOpen: boolean;
    }
  /** @param number of the line in its block, from 0; characters of it from `start` to `end` */
  | {
      readonly type: "line";
      readonly block: number;
      readonly number: number;
      readonly start: number;
      readonly end: number;
      readonly isRemoved: boolean;
    };

/** What the reader has changed. */
export interface Folding {
  /** Blocks of which only the head shows. */
  readonly closed: ReadonlySet<number>;
  /** `block:line` of removals that show their lines. */
  readonly open: ReadonlySet<string>;
  readonly isAllOpen: boolean;
}

export function keyOf(block: number, { start }: RemovedLines): string {
  return `${block}:${start}`;
}

/** @param columns letters that fit into a row; longer lines take several */
export function rowsOf({ blocks }: SessionData, folding: Folding, columns: number): Row[] {
  const rows: Row[] = [];
  blocks.forEach(({ text, removed }, block) => {
    rows.push({ type: "block", block });
    if (folding.closed.has(block)) return;
    let next = 0;
    let open: RemovedLines | undefined;
    let start = 0;
    for (let number = 0; start <= text.length; number++) {
      const feed = text.indexOf("\n", start);
      const end = feed === -1 ? text.length : feed;
      if (removed[next]?.start === number) {
        open = removed[next++];
        if (open !== undefined) {
          const isOpen = folding.isAllOpen !== folding.open.has(keyOf(block, open));
          rows.push({ type: "removed", block, removed: open, isOpen });
          if (!isOpen && !open.isPart) {
            // A folded removal is passed over, line by line.
            let line = number;
            let at = end;
            while (line + 1 < open.end && at !== -1 && at < text.length) {
              at = text.indexOf("\n", at + 1);
              if (at === -1) at = text.length;
              line++;
            }
            number = line;
            start = at + 1;
            continue;
          }
        }
      }
      const isRemoved = open !== undefined && number < open.end && !open.isPart;
      for (const [from, to] of wrapped(text, start, end, columns))
        rows.push({ type: "line", block, number, start: from, end: to, isRemoved });
      start = end + 1;
    }
  });
  return rows;
}

/** Breaks behind a blank where there is one in the second half of a row. */
function* wrapped(text: string, start: number, end: number, columns: number): Generator<[number, number]> {
  let from = start;
  while (end - from > columns) {
    const blank = text.lastIndexOf(" ", from + columns - 1);
    let to = blank > from + columns / 2 ? blank + 1 : from + columns;
    if (/[\uDC00-\uDFFF]/.test(text[to] ?? "")) to--;
    yield [from, to];
    from = to;
  }
  yield [from, end];
}
