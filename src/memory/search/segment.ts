// In: texts under their names. Out: one file from which it can be read which term stands in which text how often, and back.
// Ordered terms, so that a search reads the file once and parses nothing of it.

/** A segment of another version is made anew. */
const VERSION = 1;
const MAGIC = "compact-index";

/** Occurrences beyond this change no ranking. Eight bits. */
const MAX_COUNT = 255;

export interface IndexedText {
  /** SHA-256 of the artifact. */
  readonly name: string;
  /** How many terms it has. */
  readonly terms: number;
  /** In characters. */
  readonly size: number;
}

export class SegmentWriter {
  private readonly texts: IndexedText[] = [];
  /** By term: texts and counts, packed into one number each. */
  private readonly postings = new Map<string, number[]>();

  add(name: string, text: string, forEachTerm: (text: string, take: (term: string) => void) => void): void {
    const counts = new Map<string, number>();
    let terms = 0;
    forEachTerm(text, (term) => {
      counts.set(term, (counts.get(term) ?? 0) + 1);
      terms++;
    });
    const number = this.texts.length;
    this.texts.push({ name, terms, size: text.length });
    for (const [term, count] of counts) this.post(term, pack(number, count));
  }

  /** Takes over all that another segment knows, but for texts that are left out. */
  addSegment(segment: Segment, isWanted: (name: string) => boolean): void {
    const numbers = segment.texts.map((text) => {
      if (!isWanted(text.name)) return undefined;
      this.texts.push(text);
      return this.texts.length - 1;
    });
    for (let i = 0; i < segment.size; i++) {
      const term = segment.termAt(i);
      segment.forEachPosting(i, (text, count) => {
        const number = numbers[text];
        if (number !== undefined) this.post(term, pack(number, count));
      });
    }
  }

  /** Header line, offsets of terms and postings, terms, postings. */
  toBytes(): Buffer {
    const terms = [...this.postings.keys()].sort();
    const encoded = terms.map((term) => Buffer.from(term, "utf8"));
    const offsets = Buffer.alloc(8 * (terms.length + 1));
    let bytes = 0;
    let posts = 0;
    terms.forEach((term, i) => {
      offsets.writeUInt32LE(bytes, 8 * i);
      offsets.writeUInt32LE(posts, 8 * i + 4);
      bytes += encoded[i]!.length;
      posts += this.postings.get(term)!.length;
    });
    offsets.writeUInt32LE(bytes, 8 * terms.length);
    offsets.writeUInt32LE(posts, 8 * terms.length + 4);
    const postings = Buffer.alloc(4 * posts);
    let at = 0;
    for (const term of terms)
      for (const post of this.postings.get(term)!) at = postings.writeUInt32LE(post, at);
    const texts = this.texts.map(({ name, terms, size }) => [name, terms, size]);
    const header = JSON.stringify({ magic: MAGIC, version: VERSION, terms: terms.length, texts });
    return Buffer.concat([Buffer.from(`${header}\n`), offsets, ...encoded, postings]);
  }

  private post(term: string, post: number): void {
    const known = this.postings.get(term);
    if (known === undefined) this.postings.set(term, [post]);
    else known.push(post);
  }
}

export class Segment {
  readonly texts: readonly IndexedText[];
  /** How many terms it has. */
  readonly size: number;
  private readonly bytes: Buffer;
  private readonly offsets: number;
  private readonly terms: number;
  private readonly postings: number;

  private constructor(bytes: Buffer, headerEnd: number, terms: number, texts: readonly IndexedText[]) {
    this.bytes = bytes;
    this.texts = texts;
    this.size = terms;
    this.offsets = headerEnd;
    this.terms = headerEnd + 8 * (terms + 1);
    this.postings = this.terms + bytes.readUInt32LE(headerEnd + 8 * terms);
  }

  /** @returns undefined for bytes that are no segment, of another version, or cut short */
  static read(bytes: Buffer): Segment | undefined {
    try {
      const headerEnd = bytes.indexOf(10) + 1;
      const header = JSON.parse(bytes.toString("utf8", 0, headerEnd));
      if (header.magic !== MAGIC || header.version !== VERSION) return undefined;
      const texts = header.texts.map(([name, terms, size]: [string, number, number]) => ({
        name,
        terms,
        size,
      }));
      const segment = new Segment(bytes, headerEnd, header.terms, texts);
      const posts = bytes.readUInt32LE(segment.offsets + 8 * segment.size + 4);
      return segment.postings + 4 * posts === bytes.length ? segment : undefined;
    } catch {
      return undefined;
    }
  }

  termAt(i: number): string {
    return this.bytes.toString("utf8", this.termStart(i), this.termStart(i + 1));
  }

  /** Calls `take` for every text in which a term stands. @returns how many there are */
  find(term: string, take: (text: number, count: number) => void): number {
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = this.termAt(middle);
      if (found === term) return this.forEachPosting(middle, take);
      if (found < term) low = middle + 1;
      else high = middle - 1;
    }
    return 0;
  }

  forEachPosting(i: number, take: (text: number, count: number) => void): number {
    const start = this.bytes.readUInt32LE(this.offsets + 8 * i + 4);
    const end = this.bytes.readUInt32LE(this.offsets + 8 * (i + 1) + 4);
    for (let n = start; n < end; n++) {
      const post = this.bytes.readUInt32LE(this.postings + 4 * n);
      take(post >>> 8, post & MAX_COUNT);
    }
    return end - start;
  }

  private termStart(i: number): number {
    return this.terms + this.bytes.readUInt32LE(this.offsets + 8 * i);
  }
}

function pack(text: number, count: number): number {
  return ((text << 8) | Math.min(count, MAX_COUNT)) >>> 0;
}
