// `compact actions FILE...`, `compact actions find TASK`, `compact actions show ID`. In: transcripts, or a task, or the id of a pad. Out:
// sequences of steps that worked: a list of them, or one as Markdown, SKILL.md, shell script or JSON.
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { writeFilesAtomically } from "../../artifacts/atomic-write.ts";
import { Store } from "../../artifacts/store.ts";
import { padAsLine, padAsMarkdown, padAsScript, padAsSkill, skillName } from "../../memory/pads/exports.ts";
import { findPads } from "../../memory/pads/find.ts";
import { collectPads, type Pad } from "../../memory/pads/index.ts";
import { keptPads } from "../../memory/stored.ts";
import { ExitCode } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { CliError } from "../messages.ts";
import { writeOutput } from "../outputs.ts";
import { remember } from "../remember.ts";

export interface ActionsFlags {
  readonly json?: boolean;
  readonly skill?: boolean;
  readonly sh?: boolean;
  readonly output?: string;
  readonly force?: boolean;
  readonly artifacts?: string;
  readonly quiet?: boolean;
}

const MAX_FOUND = 10;

export async function runActions(
  operands: readonly string[],
  flags: ActionsFlags,
  io: Io,
): Promise<ExitCode> {
  const [first, ...rest] = operands;
  if (first === "find") return find(rest.join(" "), flags, io);
  if (first === "show") return show(rest, flags, io);
  const { sessions, code } = await remember(operands, { ...flags, create: true }, io);
  if (io.interrupted.aborted) return ExitCode.interrupted;
  await print(list(collectPads(sessions), flags), io);
  return code;
}

async function find(task: string, flags: ActionsFlags, io: Io): Promise<ExitCode> {
  if (task.trim() === "") throw new CliError('actions find: no task, expected for example "add a migration"');
  const found = await findPads(task, keptPads(Store.find(flags.artifacts, io.cwd)), MAX_FOUND);
  await print(list(found, flags), io);
  return found.length > 0 ? ExitCode.done : ExitCode.condition;
}

async function show(ids: readonly string[], flags: ActionsFlags, io: Io): Promise<ExitCode> {
  const [id = ""] = ids;
  if (ids.length !== 1 || !/^[0-9a-f]{1,8}$/.test(id)) {
    throw new CliError("actions show: expected one id of up to 8 hex digits, as compact actions prints them");
  }
  const { directory } = Store.find(flags.artifacts, io.cwd);
  const pads = keptPads(new Store(directory)).filter((pad) => pad.id.startsWith(id));
  const [pad] = pads;
  if (pad === undefined || pads.length > 1) {
    const problem = pad === undefined ? "no pad" : `${pads.length} pads`;
    throw new CliError(`${problem} ${id} in ${directory}, expected one`, {
      hint: pad === undefined ? "compact actions FILE makes them" : pads.map(padAsLine).join("\n"),
    });
  }
  if (flags.output !== undefined) return writeSkill(pad, flags, io);
  await print(shown(pad, flags), io);
  return ExitCode.done;
}

function shown(pad: Pad, { json, skill, sh }: ActionsFlags): string {
  if ([json, skill, sh].filter(Boolean).length > 1)
    throw new CliError("--json, --skill and --sh exclude each other");
  if (json) return `${JSON.stringify(pad, null, 2)}\n`;
  if (sh) return padAsScript(pad);
  return skill ? padAsSkill(pad) : padAsMarkdown(pad);
}

/** A folder of the skill's name, with the script beside the text, as agents look for them. */
async function writeSkill(pad: Pad, { skill, output = ".", force }: ActionsFlags, io: Io): Promise<ExitCode> {
  if (!skill) throw new CliError("--output writes the folder of a skill, expected --skill beside it");
  const folder = join(resolve(io.cwd, output), skillName(pad));
  const files = [
    { path: join(folder, "SKILL.md"), text: padAsSkill(pad), mode: 0o644 },
    { path: join(folder, "scripts", "steps.sh"), text: padAsScript(pad), mode: 0o755 },
  ];
  const existing = files.find(({ path }) => existsSync(path));
  if (existing !== undefined && !force) {
    throw new CliError(`${existing.path} exists already`, { hint: "add --force to replace it" });
  }
  for (const { path } of files) mkdirSync(dirname(path), { recursive: true });
  writeFilesAtomically(files.map(({ path, text, mode }) => ({ path, mode, chunks: [Buffer.from(text)] })));
  await print(`${folder}\n`, io);
  return ExitCode.done;
}

function list(pads: readonly Pad[], { json }: ActionsFlags): string {
  return json
    ? `${JSON.stringify({ version: 1, pads }, null, 2)}\n`
    : pads.map((pad) => `${padAsLine(pad)}\n`).join("");
}

function print(text: string, io: Io): Promise<void> {
  return writeOutput({ type: "stdout" }, [Buffer.from(text)], io);
}
