// In: what wires a harness in, and what is on disk now. Out: which files become what. Computes only: nothing is written here, so that
// all of it is known before the first file changes.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import type { Piece } from "./harness.ts";
import { addHooks, commandIn, removeHooks } from "./json-hooks.ts";

export interface Change {
  readonly piece: Piece;
  /** Links resolved: a link to a file among somebody's dotfiles stays a link. */
  readonly path: string;
  /** Undefined: there is no such file. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** The backup that belongs to it; undefined where none is needed or there is none. */
  readonly backup: { readonly path: string; readonly fate: "write" | "remove" } | undefined;
}

/** Our name for a file as it was without us. */
export function backupPath(path: string): string {
  return `${path}.before-compact`;
}

/** @throws SettingsShapeError, with the path in front; the error of the file system */
export function toInstall(piece: Piece, harness: string): Change {
  const path = realPath(piece.path);
  const before = read(path);
  const after = inFile(path, () => installed(piece, before, harness));
  const isTheirs = before !== undefined && before === inFile(path, () => removed(piece, before, harness));
  const backup =
    isTheirs && before !== after ? ({ path: backupPath(path), fate: "write" } as const) : undefined;
  return { piece, path, before, after, backup };
}

/**
 * What we put in goes out. A file that still is what we made of it becomes what its backup holds, to the byte; in one that was
 * changed since, our entries go and the rest stays.
 *
 * @throws as `toInstall`
 */
export function toRemove(piece: Piece, harness: string): Change {
  const path = realPath(piece.path);
  const before = read(path);
  const original = read(backupPath(path));
  const isUntouched =
    original !== undefined && inFile(path, () => isAsInstalled(piece, before, original, harness));
  const after = isUntouched
    ? original
    : inFile(path, () => (before === undefined ? undefined : removed(piece, before, harness)));
  const backup = isUntouched ? ({ path: backupPath(path), fate: "remove" } as const) : undefined;
  return { piece, path, before, after, backup };
}

const EMPTY = "{}\n";

function installed(piece: Piece, before: string | undefined, harness: string): string {
  if (piece.kind === "file") return piece.text;
  const { mark, text } = withoutMark(before === undefined || before.trim() === "" ? EMPTY : before);
  return mark + addHooks(text, piece.events, piece.command, harness);
}

function isSame({ text, options }: Extract<Piece, { kind: "file" }>, other: string): boolean {
  const withoutOptions = (whole: string) => (options === undefined ? whole : whole.replace(options, ""));
  return withoutOptions(text) === withoutOptions(other);
}

/** Whether a file is what installing made of its backup, with whatever options. */
function isAsInstalled(piece: Piece, before: string | undefined, original: string, harness: string): boolean {
  if (before === undefined) return false;
  if (piece.kind === "file") return isSame(piece, before);
  const command = commandIn(withoutMark(before).text, harness) ?? piece.command;
  return before === installed({ ...piece, command }, original, harness);
}

/** A file of our own that somebody changed is theirs. */
function removed(piece: Piece, before: string, harness: string): string | undefined {
  if (piece.kind === "file") return isSame(piece, before) ? undefined : before;
  const { mark, text } = withoutMark(before);
  if (text.trim() === "") return before;
  const after = removeHooks(text, harness);
  return after !== text && after.trim() === "{}" ? undefined : mark + after;
}

/** A byte order mark belongs to the file, not to its JSON. */
function withoutMark(text: string): { mark: string; text: string } {
  return text.startsWith("\uFEFF") ? { mark: "\uFEFF", text: text.slice(1) } : { mark: "", text };
}

function inFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** @throws Error where the text would not come back as the same bytes */
function read(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  const text = bytes.toString("utf8");
  if (Buffer.from(text).equals(bytes)) return text;
  throw new Error(`${path}: not all of it is UTF-8, expected that`);
}

function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
