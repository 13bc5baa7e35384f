// Megabytes that hostile or broken tools print: one piece, or none of the usual ones. js-tiktoken squares the length of a
// piece and would need hours.

const SIZE = 1_000_000;

/** The same numbers on every machine: a linear congruential generator. */
function random(characters: string): string {
  const all = Array.from(characters);
  let state = 1;
  const next = (): string => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return all[(state >>> 8) % all.length] ?? "";
  };
  return Array.from({ length: Math.floor(SIZE / Buffer.byteLength(characters)) * all.length }, next).join("");
}

const repeat = (text: string): string => text.repeat(Math.floor(SIZE / Buffer.byteLength(text)));

/** One megabyte of UTF-8 each. */
export const longInputs: Readonly<Record<string, () => string>> = {
  "one letter": () => repeat("a"),
  "two letters": () => repeat("ab"),
  "random lower case": () => random("abcdefghijklmnopqrstuvwxyz"),
  "random bases": () => random("acgt"),
  "random base64": () => random("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
  spaces: () => repeat(" "),
  "random white space": () => random(" \t\u000b"),
  "line ends": () => repeat("\n"),
  "CR and LF": () => repeat("\r\n"),
  dashes: () => repeat("-"),
  "brackets and line ends": () => repeat(")\n"),
  "line ends and slashes": () => repeat("\n/"),
  zeros: () => repeat("0"),
  "NUL characters": () => repeat("\0"),
  emoji: () => repeat("😀"),
  "one Han character": () => repeat("中"),
  "random Han characters": () => random("的一是不了人我在有他这为之大来以个中上们"),
  "combining marks": () => repeat("\u0301"),
  "a mark and upper case": () => `\u0301${repeat("A")}`,
  "upper case and apostrophes": () => repeat("A'"),
  "lone surrogates": () => repeat("\ud800"),
  "words far apart": () => repeat(`${" ".repeat(999)}x`),
};
