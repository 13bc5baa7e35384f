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

export class Names {
  private readonly ids = new HashIds();
  /** The names of the text that was read last: the first `foundCount` of `found`. */
  found = new Int32Array(1 << 10);
  foundCount = 0;

  get count(): number {
    return this.ids.count;
  }

  /** Finds the names in `text.slice(start, end)`, in order, repeated where they are. */
  read(text: string, start: number, end: number): void {
    this.foundCount = 0;
    for (let at = start; at < end; ) {
      const first = classOf(text, at);
      if (first === 0 || first === HYPHEN) {
        at++;
        continue;
      }
      const from = at;
      let last = first;
      let seen = 0;
      let hasInnerCapital = false;
      for (; at < end; at++) {
        const kind = classOf(text, at);
        if (kind === 0) break;
        if (kind === UPPER && last === LOWER) hasInnerCapital = true;
        seen |= kind;
        last = kind;
      }
      let to = at; // joints at the end are punctuation
      while (to > from && (classOf(text, to - 1) & (JOINT | HYPHEN)) !== 0) to--;
      const length = to - from;
      const isNumber = seen === DIGIT && length >= MIN_NAME - 1;
      const hasMark = hasInnerCapital || (seen & DIGIT) !== 0 || hasJoint(text, from, to);
      if (!isNumber && (length < MIN_NAME || !hasMark || (seen & (LOWER | UPPER)) === 0)) continue;
      let hash = 0x811c9dc5;
      for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
      this.push(this.ids.idOf(hash ^ (hash >>> 15)));
    }
  }

  private push(id: number): void {
    if (this.foundCount === this.found.length) {
      const larger = new Int32Array(2 * this.found.length);
      larger.set(this.found);
      this.found = larger;
    }
    this.found[this.foundCount++] = id;
  }
}

function classOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? CLASSES[code]! : 0;
}

function hasJoint(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (classOf(text, at) === JOINT) return true;
  return false;
}
