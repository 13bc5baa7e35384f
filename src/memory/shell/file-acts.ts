// In: a text that a shell ran, and where it stood. Out: which files it read, wrote, edited, moved and deleted, by what its words
// say. Looks at no disk: a glob stays a glob.
import { posix } from "node:path";
import { parsePatch } from "../patch.ts";
import { parseShell, type SimpleCommand } from "./parse.ts";
import { type FileAct, INTERPRETERS, PROGRAMS, type Program, SHELLS, WRAPPERS } from "./programs.ts";
import { scriptActs } from "./scripts.ts";

export interface TouchedFile {
  readonly act: FileAct;
  /** As the call names it, joined with the directory in which the command stood. */
  readonly path: string;
  /** Where a moved file went. */
  readonly to?: string;
}

/** What the commands of one text share: where they stand, and what variables hold. */
interface Surroundings {
  directory: string | undefined;
  readonly variables: Map<string, readonly string[]>;
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;
/** More values of a variable than this are a listing, not a handful of files. */
const MAX_VALUES = 20;
/** No path is longer. In characters. */
const MAX_PATH = 4096;
const MAX_SHELLS_IN_SHELLS = 3;

export function touchedByShell(text: string, directory: string | undefined): TouchedFile[] {
  const around: Surroundings = { directory, variables: new Map() };
  return parseShell(text).flatMap((command) => touchedByCommand(command, around, 0));
}

/** The words behind wrappers and assignments: `sudo env A=1 timeout 5 npm test` is `npm test`. */
export function barewords(words: readonly string[]): readonly string[] {
  let at = 0;
  while (at < words.length) {
    const word = words[at]!;
    const skipped = WRAPPERS[posix.basename(word)];
    if (ASSIGNMENT.test(word)) at++;
    else if (skipped === undefined || !Object.hasOwn(WRAPPERS, posix.basename(word))) break;
    else {
      at++;
      while (words[at]?.startsWith("-")) at++;
      at += skipped;
    }
  }
  return words.slice(at);
}

function touchedByCommand(command: SimpleCommand, around: Surroundings, depth: number): TouchedFile[] {
  for (const word of command.words) {
    const assignment = ASSIGNMENT.exec(word);
    if (assignment === null) break;
    around.variables.set(assignment[1]!, expand(assignment[2]!, around));
  }
  if (command.words[0] === "for" && command.words[2] === "in") {
    const values = command.words.slice(3).flatMap((word) => expand(word, around));
    around.variables.set(command.words[1]!, values.slice(0, MAX_VALUES));
    return [];
  }
  const redirected = command.redirections.flatMap(({ operator, target }) =>
    place(expand(target, around), operator === "<" ? "read" : operator === ">" ? "write" : "edit", around),
  );
  return [...touchedByWords(command, around, depth), ...redirected];
}

function touchedByWords(
  { words: all, input }: SimpleCommand,
  around: Surroundings,
  depth: number,
): TouchedFile[] {
  const words = barewords(all);
  const name = posix.basename(words[0] ?? "");
  if (name === "cd" || name === "pushd") {
    const [to] = expand(words[1] ?? "", around);
    if (to !== undefined && to !== "" && to !== "-") around.directory = join(around.directory, to);
    return [];
  }
  if (name === "apply_patch" || name === "applypatch") {
    return parsePatch(input === "" ? (words[1] ?? "") : input).map((file) => at(file, around));
  }
  if (SHELLS.has(name)) {
    const inline = words.findIndex((word) => /^-\w*c$/.test(word));
    const script = inline === -1 ? input : (words[inline + 1] ?? "");
    if (depth >= MAX_SHELLS_IN_SHELLS) return [];
    return parseShell(script).flatMap((command) => touchedByCommand(command, around, depth + 1));
  }
  if (INTERPRETERS.has(name)) {
    const inline = words.findIndex((word) => /^(?:-[ce]|--eval)$/.test(word));
    return scriptActs(inline === -1 ? input : (words[inline + 1] ?? "")).map((file) => at(file, around));
  }
  if (name === "git" && words[1] === "show") return shownByGit(words.slice(2), around);
  const key = name === "git" ? `git ${words[1] ?? ""}` : name;
  const program = Object.hasOwn(PROGRAMS, key) ? PROGRAMS[key] : undefined;
  if (program === undefined) return [];
  return touchedByProgram(program, words.slice(key === name ? 1 : 2), around);
}

/** `git show HEAD~1:src/a.ts` reads a file as it was. */
function shownByGit(words: readonly string[], around: Surroundings): TouchedFile[] {
  const paths = words.flatMap((word) => /^[^:-][^:]*:([^:].*)$/.exec(word)?.[1] ?? []);
  return place(paths, "read", around);
}

function touchedByProgram(
  { does, scriptUnless, valueFlags, editsWith, onlyWith, mayBeDirectories }: Program,
  words: readonly string[],
  around: Surroundings,
): TouchedFile[] {
  const operands: string[] = [];
  let hasScript = scriptUnless === undefined;
  let isEdited = false;
  let isMeant = onlyWith === undefined;
  let onlyOperands = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (onlyWith?.test(word)) isMeant = true;
    if (onlyOperands || word === "-" || !word.startsWith("-")) operands.push(word);
    else {
      if (word === "--") onlyOperands = true;
      if (scriptUnless?.test(word)) hasScript = true;
      if (editsWith?.test(word)) isEdited = true;
      if (valueFlags?.test(word)) i++;
    }
  }
  if (!isMeant) return [];
  const files = (hasScript ? operands : operands.slice(1))
    .flatMap((word) => expand(word, around))
    .filter((path) => !mayBeDirectories || looksLikeFile(path));
  const act = isEdited ? "edit" : does;
  if (act !== "move" && act !== "copy") return place(files, act, around);
  const to = files.pop();
  if (to === undefined || files.length === 0) return [];
  const into = (path: string) =>
    files.length > 1 || to.endsWith("/") || (!looksLikeFile(to) && looksLikeFile(path))
      ? posix.join(to, posix.basename(path))
      : to;
  return files.flatMap((path) =>
    act === "copy"
      ? [...place([path], "read", around), ...place([into(path)], "write", around)]
      : place([path], "move", around).map((file) => ({ ...file, to: join(around.directory, into(path)) })),
  );
}

/** A name with an extension, or one of the names that files without any have. */
export function looksLikeFile(path: string): boolean {
  const name = posix.basename(path);
  return !path.endsWith("/") && (/[^.]\.[\w-]{1,12}$|^\.[a-z]\w+$/i.test(name) || BARE_NAMES.test(name));
}
const BARE_NAMES =
  /^(?:Makefile|Dockerfile|Rakefile|Gemfile|Procfile|LICENSE|README|CHANGELOG|NOTICE|BUILD)$/;

function place(paths: readonly string[], act: FileAct, around: Surroundings): TouchedFile[] {
  return paths.filter(isPath).map((path) => ({ act, path: join(around.directory, path) }));
}

function at<T extends TouchedFile>(file: T, around: Surroundings): TouchedFile {
  const path = join(around.directory, file.path);
  return file.to === undefined ? { ...file, path } : { ...file, path, to: join(around.directory, file.to) };
}

/** Streams and devices are no files, and neither is what another command would have to say. */
function isPath(word: string): boolean {
  return word !== "" && word !== "-" && !word.startsWith("/dev/") && !/\$\(|\n|^\$\{?\w+\}?$/.test(word);
}

/** Every variable that is known, by each of its values; what grows beyond bounds is left as it stands. */
function expand(word: string, { variables }: Surroundings): readonly string[] {
  let values: readonly string[] = [word];
  for (const [shape, braced, bare] of word.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)) {
    const held = variables.get(braced ?? bare ?? "");
    if (held === undefined) continue;
    const grown = values.flatMap((value) => held.map((part) => value.replace(shape, () => part)));
    if (grown.length > MAX_VALUES || grown.some((value) => value.length > MAX_PATH)) return [word];
    values = grown;
  }
  return values;
}

export function join(directory: string | undefined, path: string): string {
  if (directory === undefined || posix.isAbsolute(path) || /^(?:~|\$|[A-Za-z]:[\\/])/.test(path)) {
    return posix.normalize(path);
  }
  return posix.join(directory, path);
}
