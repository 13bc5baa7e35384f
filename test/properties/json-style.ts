// In: values, and numbers that choose. Out: the same values as JSON written in the many ways in which harnesses write it:
// blanks, escapes that need not be, duplicate names. For tests that must not depend on one writer's habits.

/** @param choices cycled through, one a character: how that character is written */
export function styledString(value: string, choices: readonly number[]): string {
  let text = "";
  for (let i = 0; i < value.length; i++) {
    const unit = value.charCodeAt(i);
    const choice = choices[i % choices.length]!;
    const plain = JSON.stringify(value[i]!).slice(1, -1);
    const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
    if (choice === 0) text += `\\u${unit.toString(16).padStart(4, "0")}`;
    else if (choice === 1 && value[i] === "/") text += "\\/";
    else if (isSurrogate && isPairAt(value, i) && choices[(i + 1) % choices.length] !== 0)
      text += value[i]! + value[++i]!;
    else if (isSurrogate) text += `\\u${unit.toString(16)}`;
    else text += plain;
  }
  return `"${text}"`;
}

/** A JSON text with blanks between its tokens and strings in mixed styles. */
export function styledJson(value: unknown, choices: readonly number[]): string {
  const blank = ["", " ", "", "", "\t", "  "][choices[0]! % 6]!;
  if (typeof value === "string") return styledString(value, choices);
  if (Array.isArray(value)) return `[${value.map((item) => styledJson(item, choices)).join(`,${blank}`)}]`;
  if (value instanceof RawJson) return value.text;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => `${JSON.stringify(name)}:${blank}${styledJson(item, choices)}`);
    return `{${members.join(`,${blank}`)}}`;
  }
  return JSON.stringify(value);
}

/** JSON that is written as it stands, such as `22.0`. */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function isPairAt(value: string, at: number): boolean {
  return (value.charCodeAt(at) & 0xfc00) === 0xd800 && (value.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}
