// In: a request and the steps that answered it. Out: the literals of the request that come again in the steps, as parameters. Another
// request of the same kind will name other ones.
import type { PadParameter, PadStep } from "./pad.ts";

/** What may vary, the most telling shapes first; the name of a parameter is made of the shape's. */
const SHAPES: readonly (readonly [name: string, shape: RegExp])[] = [
  ["URL", /\bhttps?:\/\/[^\s"'`<>)]+/g],
  ["PATH", /(?:~|\.{0,2})?\/?(?:[\w.@-]+\/)+[\w.@-]*\w|\b[\w-]+\.(?:[a-z]{1,4}|json|jsonl|yaml|toml)\b/g],
  ["VERSION", /\bv?\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?\b/g],
  ["ID", /\b(?:[A-Z][A-Z0-9]+-\d+|#\d+|[0-9a-f]{7,40})\b/g],
  ["NAME", /(?<=[`"'])[\w@./-]{3,60}(?=[`"'])|\b[a-z]+(?:[A-Z][a-z0-9]*)+\b|\b[a-z]\w*(?:[_-]\w+)+\b/g],
  ["NUMBER", /\b\d{2,}\b/g],
];

const MAX_PARAMETERS = 8;

export function parametersOf(request: string, steps: readonly PadStep[]): PadParameter[] {
  const texts = steps.map(({ text }) => text);
  const found = new Map<string, PadParameter>();
  const taken = (value: string) => [...found.keys()].some((known) => known.includes(value));
  for (const [name, shape] of SHAPES) {
    let number = 0;
    for (const [value] of request.matchAll(shape)) {
      if (taken(value) || !texts.some((text) => hasWord(text, value))) continue;
      found.set(value, { name: `${name}_${++number}`, value });
      if (found.size === MAX_PARAMETERS) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** The text with `{{NAME}}` for every parameter in it. */
export function withParameters(text: string, parameters: readonly PadParameter[]): string {
  return parameters.reduce((result, { name, value }) => replaceWord(result, value, `{{${name}}}`), text);
}

/** Replaces a literal wherever it stands for itself and is not a part of a longer word. */
export function replaceWord(text: string, value: string, by: string): string {
  const parts = text.split(value);
  return parts.slice(1).reduce((result, part, i) => {
    const isPart = /\w$/.test(parts[i]!) || /^\w/.test(part);
    return `${result}${isPart ? value : by}${part}`;
  }, parts[0]!);
}

function hasWord(text: string, value: string): boolean {
  return replaceWord(text, value, "\0") !== text;
}
