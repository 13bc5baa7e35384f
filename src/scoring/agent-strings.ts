// In: a block that the agent wrote. Out: what it says, as plain strings: a call's arguments without the escapes of JSON, so that
// the lines of a script or an edit are lines.
import type { Block } from "../transcript/types.ts";

export function agentStrings({ kind, text }: Block): string[] {
  if (text === undefined) return [];
  if (kind !== "call") return [text];
  const space = text.indexOf(" ");
  const name = text.slice(0, Math.max(0, space));
  const input = text.slice(space + 1);
  if (!input.startsWith("{")) return [name, input];
  try {
    const strings = [name];
    collectStrings(JSON.parse(input), strings);
    return strings;
  } catch {
    return [name, input];
  }
}

function collectStrings(value: unknown, strings: string[]): void {
  if (typeof value === "string") strings.push(value);
  else if (typeof value === "number") strings.push(String(value));
  else if (typeof value === "object" && value !== null) {
    for (const member of Object.values(value)) collectStrings(member, strings);
  }
}
