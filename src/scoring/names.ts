// In: text. Out: the names in it, as small numbers, the same number for the same name: paths, and words that no prose has (with a dot, an
// underscore, a digit or a capital inside), and long numbers. What is only seen once, and cannot be guessed when it is gone.
import { HashIds } from "./hash-ids.ts";

const DIGIT = 1;
const LOWER = 2;
const UPPER = 4;
/** `_`, `.`, `/` and `-`: the last alone makes no name. */
const JOINT = 8;
const HYPHEN = 16;

const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\d/.test(character)) return DIGIT;
  if (/[a-z]/.test(character)) return LOWER;
  if (/[A-Z]/.test(character)) return UPPER;
  return character === "-" ? HYPHEN : /[_./]/.test(character) ? JOINT : 0;
});

/** Shorter ones can be guessed. In characters; numbers may have one less. */
const MIN_NAME = 4;

export class Names extends HashIds {
  /** Finds the names in `text.slice(start, end)`, in order, repeated where they are. */
  read(text: string, start: number, end: number): void {
    this.foundCount = 0;
    for (let at = start; at < end; ) {
      let kind = classOf(text, at);
      if (kind === 0 || kind === HYPHEN) {
        at++;
        continue;
      }
      const from = at;
      let seen = 0;
      let hasInnerCapital = false;
      let hash = 0x811c9dc5;
      // Joints at the end are punctuation: the name ends behind its last letter or digit.
      let to = from;
      let hashed = hash;
      let marks = 0;
      for (let before = 0; kind !== 0; before = kind, kind = at < end ? classOf(text, at) : 0) {
        hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
        at++;
        if (kind === UPPER && before === LOWER) hasInnerCapital = true;
        if ((kind & (JOINT | HYPHEN)) === 0) {
          seen |= kind | marks;
          marks = 0;
          to = at;
          hashed = hash;
        } else marks |= kind;
      }
      if (isName(seen, to - from, hasInnerCapital)) this.push(hashed ^ (hashed >>> 15));
    }
  }
}

function classOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? CLASSES[code]! : 0;
}

/** @param seen the classes of its characters */
function isName(seen: number, length: number, hasInnerCapital: boolean): boolean {
  if (seen === DIGIT) return length >= MIN_NAME - 1;
  const hasMark = hasInnerCapital || (seen & (DIGIT | JOINT)) !== 0;
  return length >= MIN_NAME && hasMark && (seen & (LOWER | UPPER)) !== 0;
}
