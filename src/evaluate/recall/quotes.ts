// In: what an agent said, and lines that it had seen. Out: the longest pieces of those lines that it repeated word for word: errors,
// mostly. Whole lines are not its business.

/** Less is a coincidence. */
const MIN_WORDS = 4;
const MIN_LENGTH = 24;

/** Finds pieces of one text in any number of lines: the words of the text are looked up, four by four. */
export class QuoteFinder {
  private readonly text: string;
  private readonly positions = new Map<string, number[]>();

  constructor(text: string) {
    this.text = text;
    for (const { start, gram } of grams(text)) {
      const known = this.positions.get(gram);
      if (known === undefined) this.positions.set(gram, [start]);
      else known.push(start);
    }
  }

  in(line: string): string[] {
    const found: string[] = [];
    let after = 0;
    for (const { start, gram } of grams(line)) {
      if (start < after) continue;
      let longest = "";
      for (const at of this.positions.get(gram) ?? []) {
        const piece = commonPiece(this.text, at, line, start);
        if (piece.length > longest.length) longest = piece;
      }
      if (longest.length < MIN_LENGTH) continue;
      found.push(longest);
      after = start + longest.length;
    }
    return found;
  }
}

function* grams(text: string): Generator<{ start: number; gram: string }> {
  const words = [...text.matchAll(/\S+/g)];
  for (let i = 0; i + MIN_WORDS <= words.length; i++) {
    const start = words[i]!.index;
    const last = words[i + MIN_WORDS - 1]!;
    // A last word may carry the punctuation of a sentence: `grams` of both sides must still meet.
    const gram = text.slice(start, last.index + last[0].replace(/[.,;:!?`'")]+$/, "").length);
    if (!gram.includes("\n")) yield { start, gram };
  }
}

function commonPiece(a: string, atA: number, b: string, atB: number): string {
  let before = 0;
  while (atA > before && atB > before && a[atA - before - 1] === b[atB - before - 1]) {
    if (a[atA - before - 1] === "\n") break;
    before++;
  }
  let after = 0;
  while (atA + after < a.length && a[atA + after] === b[atB + after] && a[atA + after] !== "\n") after++;
  return b.slice(atB - before, atB + after).trim();
}
