// In: one line of an observation. Out: where its own text is, without a line number in front and blanks around, and what it looks
// like. Looks at characters; what a line means is not asked.

const TAB = 0x09;
const BLANK = 0x20;

/** Where the own text of a line begins, ends, and how far it is indented behind a line number. */
export interface LineBody {
  start: number;
  end: number;
  indent: number;
}

/**
 * Strips a gutter (`  12→`, `12:`, `12\t`, `12|`) and the blanks around.
 *
 * @param body filled in, so that no line costs an object
 */
export function findBody(text: string, start: number, end: number, body: LineBody): void {
  let from = afterGutter(text, start, end);
  const bodyStart = from;
  while (from < end && isBlank(text.charCodeAt(from))) from++;
  let to = end;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  body.start = from;
  body.end = to;
  body.indent = from - bodyStart;
}

function afterGutter(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  const digits = at;
  while (at < end && isDigit(text.charCodeAt(at))) at++;
  if (at === digits) return start;
  while (at < end && text.charCodeAt(at) === BLANK) at++;
  switch (at < end ? text[at] : "") {
    case "\t":
      return at + 1; // what follows is indentation
    case ":":
    case "|":
    case "→":
    case "-":
      return at + 1;
    default:
      return start;
  }
}

function isBlank(code: number): boolean {
  return code === BLANK || (code >= TAB && code <= 0x0d) || code === 0xa0 || code === 0xfeff;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** A line that opens a definition or a class, in the languages that agents meet. */
const DEFINITION =
  /(?:(?:export|default|public|private|protected|internal|static|final|abstract|async|override|virtual|inline|unsafe|pub(?:\(\w+\))?|extern|declare|sealed|partial|open|data)\s+)*(?:def|class|func|function\*?|fn|struct|enum|interface|trait|impl|type|module|namespace|record|object|protocol|extension|macro_rules!)\s+[\w$(*]|(?:(?:public|private|protected|static|final|async|override)\s+)+[\w<>[\], ]+\(|(?:export\s+)?(?:const|let|var)\s+[\w$]+\s*=\s*(?:async\s*)?(?:function\b|\([^)]*\)\s*(?::[^=]+)?=>|\w+\s*=>)/y;

/** What tools print while they work. */
const PROGRESS =
  /(?:\d{1,3}(?:\.\d+)?%|\[?\s*\d+\/\d+\]|\[\s*\d{1,3}%\]|(?:Collecting|Downloading|Installing|Compiling|Fetching|Unpacking|Resolving|Building|Linking|Receiving|Counting|Compressing|Get:\d|Requirement already|Using cached)\b|[.=#\s>-]+\[?\s*\d{1,3}%)/y;

/** The words of licences, at the start of a line of a comment: every file says the same. */
const LICENCE =
  /(?:(?:\/\/|\/?\*+|#|--|;|<!--)\s*)?(?:Copyright\b|SPDX-License|Licensed (?:under|to)|All rights reserved|Permission is hereby granted|Redistribution and use|THE SOFTWARE IS|Unless required by applicable law|(?:software )?distributed under the License|See the License|limitations under the License|[Yy]ou may (?:obtain a copy|not use this file)|WITHOUT WARRANT)/y;

const COMMENT = /\/\/|\/?\*|#(?!include)|--|;|<!--/y;

/** Tests that passed, as runners of many languages print them. */
const PASSED_TEST =
  /(?:(?:ok|PASS)\s+\S|[✓✔√]|=== RUN|--- PASS|test \S+ \.\.\. ok\b|\S+ (?:\.\.\. ok|PASSED)\b)/y;

function matchesAt(pattern: RegExp, text: string, { start }: LineBody): boolean {
  pattern.lastIndex = start;
  return pattern.test(text);
}

export function isDefinition(text: string, body: LineBody): boolean {
  return matchesAt(DEFINITION, text, body);
}

export function isProgress(text: string, body: LineBody): boolean {
  return matchesAt(PROGRESS, text, body);
}

export function isLicence(text: string, body: LineBody): boolean {
  return matchesAt(LICENCE, text, body);
}

/** A line that is nothing but comment, in the languages that agents meet. */
export function isComment(text: string, body: LineBody): boolean {
  return matchesAt(COMMENT, text, body);
}

export function isPassedTest(text: string, body: LineBody): boolean {
  return matchesAt(PASSED_TEST, text, body);
}

/** Asked of the body, so the line must end where the pattern does. */
export function isSearchHit(text: string, { start, end }: LineBody): boolean {
  let hasSeparator = false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === BLANK) return false;
    if (code === COLON && at > start)
      return hasSeparator && (at + 1 === end || isDigit(text.charCodeAt(at + 1)));
    if (code === SLASH || code === DOT) hasSeparator = true;
    else if (!isPathCharacter(code)) return false;
  }
  return hasSeparator;
}

const COLON = 0x3a;
const SLASH = 0x2f;
const DOT = 0x2e;
const PATH_CHARACTERS = Uint8Array.from({ length: 128 }, (_, code) =>
  /[\w@~+\-[\]()]/.test(String.fromCharCode(code)) ? 1 : 0,
);

function isPathCharacter(code: number): boolean {
  return code < 128 && PATH_CHARACTERS[code] === 1;
}

/** By its end: `{`, `}`, `;`, `:`, `,`, `(`, `)`, `[` or `]`. */
export function endsLikeCode(text: string, { start, end }: LineBody): boolean {
  return end > start && "{};:,()[]".includes(text[end - 1]!);
}

/** Without a letter or digit. */
export function isPunctuation(text: string, { start, end }: LineBody): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code > 127 || isDigit(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a))
      return false;
  }
  return true;
}
