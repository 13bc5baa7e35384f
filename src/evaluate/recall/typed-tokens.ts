// In: a text. Out: the tokens in it that an agent can only copy: paths, identifiers, error codes, hashes, versions, numbers (family
// T). For measuring only: a selection that knew these patterns would be measured by its own ruler.

export type TokenKind = "path" | "identifier" | "error" | "hash" | "version" | "number";

const CANDIDATE = /[A-Za-z0-9_$@~./\\:-]{3,}/g;
const TRIM = /^[.:\-@~$\\]+|[.:\-/\\]+$/g;

/** First match wins. */
const KINDS: readonly (readonly [TokenKind, RegExp])[] = [
  ["error", /^(?:E[A-Z]{4,}|SIG[A-Z]{3,}|(?:E|TS|CS)\d{3,5}|[A-Za-z_]\w*(?:Error|Exception))$/],
  ["version", /^v?\d+(?:\.\d+){2,}(?:-[\w.]+)?$/],
  ["path", /^(?:[\w.@~-]*\/)+[\w.@-]+$|^[\w-]+\.[a-z]{1,5}$/],
  ["number", /^\d{3,}$/],
  ["hash", /^(?=.*\d)[0-9a-f]{7,40}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
  // Four characters at least, and a sign that it is no word: an underscore, an inner capital, a digit, a dot.
  ["identifier", /^(?=.{4})(?=.*(?:_|[a-z][A-Z]|[A-Za-z]\d|\w\.\w))[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/],
];
/** Everybody writes these: years and powers of ten. */
const ROUND_NUMBER = /^10+$|^(?:19|20)\d\d$/;

export function typedTokens(text: string): Set<string> {
  const found = new Set<string>();
  for (const [candidate] of text.matchAll(CANDIDATE)) {
    for (const part of candidate.split(/:+/)) {
      const token = part.replace(TRIM, "");
      const kind = token.length < 3 ? undefined : tokenKind(token);
      if (kind !== undefined) found.add(kind === "path" ? token.replace(/^\.\//, "") : token);
    }
  }
  return found;
}

export function tokenKind(token: string): TokenKind | undefined {
  const kind = KINDS.find(([, pattern]) => pattern.test(token))?.[0];
  return kind === "number" && ROUND_NUMBER.test(token) ? undefined : kind;
}
