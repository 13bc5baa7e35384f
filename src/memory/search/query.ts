// In: what was typed. Out: what it asks for: words that rank, "exact phrases" and /regular expressions/ that must be there.
import { termsOf } from "./terms.ts";

export interface Query {
  /** Terms of the words and of the phrases. */
  readonly terms: readonly string[];
  /** Compared without regard to case. */
  readonly phrases: readonly string[];
  readonly expressions: readonly RegExp[];
}

/** Flags that make sense where every line is asked anew. */
const FLAGS = /[^imsu]/g;

/** @throws SyntaxError for an expression that is none */
export function parseQuery(text: string): Query {
  const phrases: string[] = [];
  const expressions: RegExp[] = [];
  const words = text
    .replace(/(?<=^|\s)\/((?:[^/\\]|\\.)+)\/([a-z]*)(?=\s|$)/g, (_all, source: string, flags: string) => {
      expressions.push(new RegExp(source, flags.replace(FLAGS, "")));
      return " ";
    })
    .replace(/"([^"]+)"/g, (_all, phrase: string) => {
      phrases.push(phrase.toLowerCase());
      return " ";
    });
  const terms = new Set([...termsOf(words), ...phrases.flatMap(termsOf)]);
  return { terms: [...terms], phrases, expressions };
}

export function isEmpty({ terms, phrases, expressions }: Query): boolean {
  return terms.length + phrases.length + expressions.length === 0;
}

/** Lines beyond this are data: only their beginning is looked at. In characters. */
const MAX_LINE = 10_000;

/** Whether a line has what must be there. */
export function hasPhrase(line: string, { phrases, expressions }: Query): boolean {
  const looked = line.slice(0, MAX_LINE);
  const small = looked.toLowerCase();
  return phrases.some((phrase) => small.includes(phrase)) || expressions.some((shape) => shape.test(looked));
}

/** Whether a text has all phrases and expressions, each in some line. */
export function hasAll(text: string, { phrases, expressions }: Query): boolean {
  const small = phrases.length > 0 ? text.toLowerCase() : "";
  if (!phrases.every((phrase) => small.includes(phrase))) return false;
  if (expressions.length === 0) return true;
  const lines = text.split("\n").map((line) => line.slice(0, MAX_LINE));
  return expressions.every((shape) => lines.some((line) => shape.test(line)));
}
