// `compact init HARNESS`. In: the name of a harness. Out: on stdout, what wires compact in and where; with --write it is put there,
// with --remove taken out. All is computed before the first file changes.
import { relative } from "node:path";
import { find } from "../../config/names.ts";
import { printable } from "../../escape/printable.ts";
import { type Change, toInstall, toRemove } from "../../harness/changes.ts";
import type { ByHand, Piece, Scope } from "../../harness/harness.ts";
import { harnesses } from "../../harness/index.ts";
import { apply } from "../../harness/installation.ts";
import { hooksSnippet } from "../../harness/json-hooks.ts";
import { ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { CliError, tell } from "../messages.ts";
import { isOnPath } from "../on-path.ts";
import { writeOutput } from "../outputs.ts";
import { readProgramFile } from "../program-files.ts";
import { surroundings } from "../surroundings.ts";

export interface InitFlags {
  readonly write?: boolean;
  readonly remove?: boolean;
  readonly scope?: string;
  readonly window?: string;
  readonly trigger?: string;
  readonly target?: string;
  readonly minSavings?: string;
  readonly preset?: string;
}

const SCOPES: readonly { readonly name: Scope; readonly place: string }[] = [
  { name: "project", place: "in this directory" },
  { name: "user", place: "in all your projects" },
];

const HOW_TO_INSTALL = "`npm install --global .` in the folder of compact puts it there";

/** In lines. */
const LONGEST_SHOWN = 60;

/** What `compact watch` is told by the hooks. */
const PASSED_ON = [
  ["window", "window"],
  ["trigger", "trigger"],
  ["target", "target"],
  ["min-savings", "minSavings"],
  ["preset", "preset"],
] as const;

export async function runInit(operands: readonly string[], flags: InitFlags, io: Io): Promise<ExitCode> {
  const [name, ...more] = operands;
  const known = harnesses.map((harness) => harness.name).join(", ");
  if (name === undefined || more.length > 0) {
    throw new CliError(`init: ${operands.length} names, expected one of ${known}`);
  }
  if (flags.write && flags.remove) throw new CliError("--write and --remove, expected one of them");
  const harness = find("harness", harnesses, name);
  const scope = find("--scope", SCOPES, flags.scope ?? "project");
  const around = { ...surroundings(io), programFile: readProgramFile };
  const { folder, pieces, byHand } = harness.wiring(scope.name, around, optionsOf(flags));
  const changes = pieces.map((piece) =>
    flags.remove ? toRemove(piece, harness.name) : toInstall(piece, harness.name),
  );
  if (flags.write || flags.remove)
    apply(changes, [around.cwd, around.home, ...(scope.name === "user" ? [folder] : [])]);
  const body =
    flags.write || flags.remove
      ? changes.map((change) => done(change, io.cwd, flags.remove === true))
      : plan(changes, io);
  const hint = flags.remove ? [] : hints(byHand);
  const title = `${harness.title}, ${scope.place}`;
  const what = flags.write || flags.remove ? title : `${title}: nothing is written without --write`;
  await writeOutput({ type: "stdout" }, [Buffer.from([what, ...body, ...hint].join("\n").concat("\n"))], io);
  if (flags.write && !isOnPath("compact", io.env)) {
    await tell(io, "compact is not on the PATH, where the agent and its hooks look for it", HOW_TO_INSTALL);
  }
  return ExitCode.done;
}

/** @throws CliError on what a shell would understand otherwise than we do */
function optionsOf(flags: InitFlags): string {
  return PASSED_ON.flatMap(([name, key]) => {
    const value = flags[key];
    if (value === undefined) return [];
    if (!/^[\w.%-]+$/.test(value)) throw new CliError(`--${name} ${value}: expected a name or a number`);
    return [`--${name} ${value}`];
  }).join(" ");
}

function done({ piece, path, before, after, backup }: Change, cwd: string, isRemoval: boolean): string {
  const shown = shownPath(path, cwd);
  if (isRemoval && piece.kind === "file" && after !== undefined)
    return `  left       ${shown} (not as we wrote it)`;
  if (before === after) return before === undefined ? `  not there  ${shown}` : `  as it was  ${shown}`;
  if (after === undefined) return `  removed    ${shown}`;
  const saved = backup?.fate === "write" ? ` (before: ${shownPath(backup.path, cwd)})` : "";
  return before === undefined ? `  written    ${shown}` : `  changed    ${shown}${saved}`;
}

function plan(changes: readonly Change[], { cwd }: Io): string[] {
  return changes.flatMap(({ piece, path, before, after }) => {
    if (before === after) return ["", `${shownPath(path, cwd)} has it already`];
    const verb = piece.kind === "hooks" ? "would get, beside what is there" : "would become";
    return ["", `${shownPath(path, cwd)} ${verb}:`, ...indented(textOf(piece))];
  });
}

/** A program is too long to be read here: its first lines say what it does. */
function textOf(piece: Piece): string {
  if (piece.kind === "hooks") return hooksSnippet(piece.events, piece.command);
  const lines = piece.text.trimEnd().split("\n");
  if (lines.length <= LONGEST_SHOWN) return piece.text;
  return [...lines.slice(0, 4), `... ${lines.length - 4} lines more`].join("\n");
}

function indented(text: string): string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${line}`.trimEnd());
}

function hints(byHand: readonly ByHand[]): string[] {
  return byHand.flatMap(({ command, purpose }) => ["", `${purpose}:`, `    ${command}`]);
}

function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  return printable(below.startsWith("..") ? path : below);
}
