// In: text. Out: its words as small numbers, the same number for the same word.
import { HashIds } from "./hash-ids.ts";

const NOT_IN_WORD = 0;
const DIGIT = 1;
const LETTER = 2;

/** Letters, digits and the underscore of ASCII; all above it counts as a letter, so that any language has words. */
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return /[A-Za-z_]/.test(character) ? LETTER : /\d/.test(character) ? DIGIT : NOT_IN_WORD;
});

/** Shorter ones are articles, operators and loop variables. */
const MIN_WORD = 3;

export class Words extends HashIds {
  /** Finds the words in `text.slice(start, end)`, in order, repeated where they are. */
  read(text: string, start: number, end: number): void {
    this.foundCount = 0;
    let at = start;
    while (at < end) {
      const code = text.charCodeAt(at);
      if (code < 128 && CLASSES[code] !== LETTER) {
        // A word does not begin inside a number: `12ab` is none.
        if (CLASSES[code] === DIGIT) at = endOfWord(text, at, end);
        else at++;
        continue;
      }
      const from = at;
      let hash = 0x811c9dc5;
      for (; at < end; at++) {
        const next = text.charCodeAt(at);
        if (next < 128 && CLASSES[next] === NOT_IN_WORD) break;
        hash = Math.imul(hash ^ next, 0x01000193);
      }
      if (at - from >= MIN_WORD) this.push(hash ^ (hash >>> 15));
    }
  }
}

function endOfWord(text: string, start: number, end: number): number {
  let at = start;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && CLASSES[code] === NOT_IN_WORD) break;
  }
  return at;
}
