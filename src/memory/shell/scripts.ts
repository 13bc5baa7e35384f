// In: a script that an interpreter was given on the command line. Out: the files that its literals name, and what it does to them.
// Reads literals only: a path that is computed is not known.
import type { FileAct } from "./programs.ts";

interface ScriptShape {
  readonly act: FileAct;
  /** The first group is the path. */
  readonly shape: RegExp;
}

const SHAPES: readonly ScriptShape[] = [
  { act: "write", shape: /\bopen\(\s*r?["']([^"'\n]+)["']\s*,\s*(?:mode\s*=\s*)?["']w/g },
  { act: "edit", shape: /\bopen\(\s*r?["']([^"'\n]+)["']\s*,\s*(?:mode\s*=\s*)?["'](?:a|r\+)/g },
  {
    act: "read",
    shape: /\bopen\(\s*r?["']([^"'\n]+)["']\s*(?:\)|,\s*(?:encoding|(?:mode\s*=\s*)?["']r["'b]))/g,
  },
  { act: "read", shape: /\breadFile(?:Sync)?\(\s*["'`]([^"'`\n$]+)["'`]/g },
  { act: "write", shape: /\bwriteFile(?:Sync)?\(\s*["'`]([^"'`\n$]+)["'`]/g },
  { act: "edit", shape: /\bappendFile(?:Sync)?\(\s*["'`]([^"'`\n$]+)["'`]/g },
  { act: "delete", shape: /\b(?:unlink(?:Sync)?|os\.remove)\(\s*["'`]([^"'`\n$]+)["'`]/g },
];

const PYTHON_PATH = /(?:(\w+)\s*=\s*)?\bPath\(\s*r?["']([^"'\n]+)["']\s*\)(?:\.(\w+))?/g;

/** A script beyond this carries data. In characters. */
const MAX_SCRIPT = 20_000;

export function scriptActs(script: string): { act: FileAct; path: string; to?: string }[] {
  const looked = script.slice(0, MAX_SCRIPT);
  const acts = SHAPES.flatMap(({ act, shape }) =>
    [...looked.matchAll(shape)].map((match) => ({ act, path: match[1]! })),
  );
  return [...acts, ...pythonPaths(looked)];
}

/** `p = Path("a.md")`, and then what is called on `p`. */
function pythonPaths(script: string): { act: FileAct; path: string }[] {
  return [...script.matchAll(PYTHON_PATH)].flatMap(([, name, path = "", method]) => {
    const calls = (verb: string) =>
      method === verb || (name !== undefined && new RegExp(`\\b${name}\\.${verb}\\(`).test(script));
    const acts: FileAct[] = [];
    if (calls("read_text") || calls("read_bytes") || calls("open")) acts.push("read");
    if (calls("write_text") || calls("write_bytes")) acts.push(acts.length > 0 ? "edit" : "write");
    if (calls("unlink")) acts.push("delete");
    return acts.map((act) => ({ act, path }));
  });
}
