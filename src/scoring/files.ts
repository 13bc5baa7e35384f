// In: what calls aimed at. Out: which files they name, in a form in which a relative and an absolute path are the same file.

const PATH = /[\w.@~+-]*(?:\/[\w.@~+-]+)+|[\w-]+\.[a-z]\w{0,4}\b/gi;

/** The last two parts of every path that a target names. */
export function fileKeys(target: string | undefined): string[] {
  if (target === undefined) return [];
  const paths = target.slice(0, MAX_LENGTH).match(PATH) ?? [];
  return paths.filter((path) => /\.\w+$/.test(path)).map((path) => path.split("/").slice(-2).join("/"));
}

/** A script may be long; what it works on stands near its start. In characters. */
const MAX_LENGTH = 1000;
