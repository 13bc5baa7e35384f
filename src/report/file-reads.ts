// In: an observation. Out: the file that it shows, where its call did nothing but read one.
import type { Observation } from "../transcript/types.ts";

const READING_TOOLS = /^(?:read|view|open|cat)(?:[_-]?(?:file|many_files|text_file))?$/i;
/** What is piped behind a read changes nothing about which file it was. */
const READING_COMMAND = /^(?:cat|head|tail|nl|less|bat|sed)\s+([^;&<>]*?)(?:\s*\|.*)?$/s;

export function fileRead({ toolName, target }: Observation): string | undefined {
  if (target === undefined) return undefined;
  if (READING_TOOLS.test(toolName)) return /^\S+$/.test(target) ? target : undefined;
  const words = READING_COMMAND.exec(target)?.[1]?.split(/\s+/) ?? [];
  const paths = words.filter((word) => /^[^-'"]/.test(word) && /[./]/.test(word));
  return paths.length === 1 ? paths[0]!.replace(/^\.\//, "") : undefined;
}
