// In: a text. Out: the terms by which it is found: words in small letters, identifiers whole and in parts, so that `branch` finds
// `getBranchCheckpoints` and `get_branch`. The same for texts and queries.

/** Longer ones are data. In characters. */
const MAX_TERM = 40;
/** Digits alone and letters of one carry nothing. */
const MIN_TERM = 2;

const CAMEL = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g;

/** Calls `take` for every term, repeated as often as it occurs. */
export function forEachTerm(text: string, take: (term: string) => void): void {
  const { length } = text;
  for (let at = 0; at < length; ) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === Kind.blank) at++;
    else if (kind === Kind.ideograph) take(text[at++]!);
    else {
      const start = at;
      let hasParts = false;
      let hasSmall = false;
      for (; at < length; at++) {
        const code = text.charCodeAt(at);
        if (kindOf(code) !== Kind.word) break;
        if (code === UNDERSCORE || (hasSmall && isCapital(code))) hasParts = true;
        hasSmall ||= isSmall(code);
      }
      if (at - start >= MIN_TERM && at - start <= MAX_TERM) {
        takeWord(text.slice(start, at), hasParts, take);
      }
    }
  }
}

export function termsOf(text: string): string[] {
  const terms: string[] = [];
  forEachTerm(text, (term) => terms.push(term));
  return terms;
}

function takeWord(word: string, hasParts: boolean, take: (term: string) => void): void {
  take(word.toLowerCase());
  if (!hasParts) return;
  for (const part of word.match(CAMEL) ?? []) if (part.length >= MIN_TERM) take(part.toLowerCase());
}

const Kind = { blank: 0, word: 1, ideograph: 2 } as const;
type Kind = (typeof Kind)[keyof typeof Kind];

const UNDERSCORE = 0x5f;

/** By code below 128: letters, digits and the underscore. */
const ASCII_WORD = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/\w/.test(String.fromCharCode(code))),
);

function kindOf(code: number): Kind {
  if (code < 128) return ASCII_WORD[code] === 1 ? Kind.word : Kind.blank;
  if (code >= 0x2e80 && code < 0xa4d0) return Kind.ideograph; // no blanks between words there
  return code < 0xc0 || (code >= 0x2000 && code < 0x2e80) ? Kind.blank : Kind.word;
}

function isCapital(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

function isSmall(code: number): boolean {
  return code >= 0x61 && code <= 0x7a;
}
