// In: a text. Out: the tokens in it that an agent can only copy: paths, identifiers, error codes, hashes, numbers (family T).
// For measuring only: a selection that knew these patterns would be measured by its own ruler.

const CANDIDATE = /[A-Za-z0-9_$@~./\\:-]{3,}/g;
const TRIM = /^[.:\-@~$\\]+|[.:\-/\\]+$/g;
const PATH = /^(?:[\w.@~-]*\/)+[\w.@-]+$|^[\w-]+\.[a-z]{1,5}$/;
const CODE_SHAPED = /_|[a-z][A-Z]|[A-Za-z]\d|\w\.\w/;
const IDENTIFIER = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
const HASH = /^(?=.*\d)[0-9a-f]{7,40}$/;
const NUMBER = /^\d{3,}$/;
const ROUND_NUMBER = /^10+$|^(?:19|20)\d\d$/;

export function typedTokens(text: string): Set<string> {
  const found = new Set<string>();
  for (const [candidate] of text.matchAll(CANDIDATE)) {
    for (const part of candidate.split(/:+/)) addToken(part.replace(TRIM, ""), found);
  }
  return found;
}

function addToken(token: string, found: Set<string>): void {
  if (token.length < 3) return;
  if (PATH.test(token)) found.add(token.replace(/^\.\//, ""));
  else if (NUMBER.test(token)) {
    if (!ROUND_NUMBER.test(token)) found.add(token);
  } else if (HASH.test(token)) found.add(token);
  else if (token.length >= 4 && IDENTIFIER.test(token) && CODE_SHAPED.test(token)) found.add(token);
}
