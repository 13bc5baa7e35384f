// In: a text that somebody wrote. Out: its sentences, each exactly as it stands in the text. Leaves out fenced code and rulers; a
// list item, a heading and the row of a table are sentences of their own, without the sign in front.

export interface Sentence {
  readonly text: string;
  /** Where it begins in the text, in characters. */
  readonly start: number;
  /** A title states nothing. */
  readonly isHeading: boolean;
}

const FENCE = /^\s*(?:```|~~~)/;
const RULER = /^\s*(?:\|[\s|:-]+$|[-=_*─━]{3,}\s*$)/;
/** Of a fence, what is no prose. */
const CODE = /[{};=<>\\$]|\w\(|^\s*(?:[+\-#/@*]|\d+[:|])|^\s{4}/;
/** What stands before the words of a line: quote signs, list signs, check boxes, heading signs. */
const LINE_SIGN = /^\s*(?:>\s*)*(?:(?:[-*+•●]|\d{1,3}[.)])\s+)?(?:\[[ xX]\]\s+)?(?:#{1,6}\s+)?/;
/** A line that goes on in the next one is wrapped: long, without a sign at its end, and the next begins small. */
const WRAPPED = /[\p{L}\p{N},;)`'"’-]\s*$/u;
const GOES_ON = /^\s*[\p{Ll}`("']/u;
const MIN_WRAPPED = 40;

/** The look behind keeps a long row of dots from being tried at each of them. */
const END = /(?<![.!?…])[.!?…]+["'”’)\]*_]*(?=\s|$)|[。！？]/gu;
/** After these a full stop ends no sentence. */
const ABBREVIATION =
  /(?:(?:^|[^\p{L}])(?:e\.g|i\.e|etc|vs|cf|approx|no|fig|mr|mrs|ms|dr|st|z\.b|d\.h|bzw|p\.ex)|^\d{1,3}|\.\.)\.$/iu;
const LONGEST_ABBREVIATION = 8;

/** A text beyond this is a document, not speech; only its beginning is read. In characters. */
const MAX_TEXT = 200_000;

/** @param withFences reads prose in fences too: people fence rules that they paste */
export function sentencesOf(text: string, withFences = false): Sentence[] {
  const sentences: Sentence[] = [];
  for (const { start, end, isHeading } of paragraphs(text.slice(0, MAX_TEXT), withFences)) {
    let from = start;
    let looked = start;
    let ticks = 0;
    const paragraph = text.slice(start, end);
    for (const match of paragraph.matchAll(END)) {
      const to = start + match.index + match[0].length;
      ticks += ticksIn(text, looked, to);
      looked = to;
      const isInsideCode = ticks % 2 === 1;
      if (isInsideCode || ABBREVIATION.test(text.slice(Math.max(from, to - LONGEST_ABBREVIATION), to)))
        continue;
      if (/^\s+\p{Ll}/u.test(text.slice(to, to + 8)) && match[0] === ".") continue; // `file.ts. then`: no new sentence
      add(from, to, isHeading);
      from = to;
      ticks = 0;
    }
    add(from, end, isHeading);
  }
  return sentences;

  function add(from: number, to: number, isHeading: boolean): void {
    const raw = text.slice(from, to);
    const trimmed = raw.trim();
    if (/\p{L}{2}/u.test(trimmed)) {
      sentences.push({ text: trimmed, start: from + raw.indexOf(trimmed), isHeading });
    }
  }
}

function ticksIn(text: string, from: number, to: number): number {
  let ticks = 0;
  for (let at = text.indexOf("`", from); at !== -1 && at < to; at = text.indexOf("`", at + 1)) ticks++;
  return ticks;
}

interface Paragraph {
  readonly start: number;
  end: number;
  readonly isHeading: boolean;
}

/** Lines, joined where one is wrapped into the next. */
function* paragraphs(text: string, withFences: boolean): Generator<Paragraph> {
  let inFence = false;
  let open: Paragraph | undefined;
  let at = 0;
  for (const line of text.split("\n")) {
    const start = at;
    at += line.length + 1;
    const isFence = FENCE.test(line);
    const isCode = inFence && (!withFences || CODE.test(line));
    const isSkipped = isFence || isCode || RULER.test(line) || line.trim() === "";
    if (isFence) inFence = !inFence;
    const sign = LINE_SIGN.exec(line)![0];
    if (open !== undefined) {
      const goesOn = !isSkipped && sign.trim() === "" && GOES_ON.test(line);
      if (goesOn && !open.isHeading && isWrapped(text.slice(open.start, open.end))) {
        open.end = start + line.length;
        continue;
      }
      yield open;
      open = undefined;
    }
    if (isSkipped) continue;
    open = { start: start + sign.length, end: start + line.length, isHeading: sign.includes("#") };
  }
  if (open !== undefined) yield open;
}

function isWrapped(before: string): boolean {
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return line.length >= MIN_WRAPPED && WRAPPED.test(line);
}
