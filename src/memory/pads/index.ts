// In: sessions. Out: their pads: for each request that was answered with a shown success, the steps that led there. Pads with the same
// steps, from however many sessions, are one.
import { createHash } from "node:crypto";
import { posix } from "node:path";
import { countsIn } from "../../transcript/test-counts.ts";
import type { AgentCall } from "../calls.ts";
import { normalCommand } from "../facts/commands.ts";
import { errorsIn } from "../facts/errors.ts";
import { touchedFiles } from "../file-calls.ts";
import type { Session } from "../session.ts";
import { barewords } from "../shell/file-acts.ts";
import { parseShell } from "../shell/parse.ts";
import type { Pad, PadNeeds, PadStep, PadSuccess, PadTrouble } from "./pad.ts";
import { parametersOf, withParameters } from "./parameters.ts";
import { stepsOf } from "./steps.ts";
import { successOf } from "./success.ts";
import { type Turn, turnsOf } from "./turns.ts";

export type * from "./pad.ts";

/** More of a request is its background. In characters. */
const MAX_TASK = 2000;
/** A turn in which nothing but the proof ran is no sequence. */
const MIN_STEPS = 2;

export function collectPads(sessions: readonly Session[]): Pad[] {
  return mergePads(sessions.flatMap((session) => turnsOf(session).flatMap((turn) => padOf(turn, session))));
}

/** Equal ones become one, with all their sources; the newest speaks for them. */
export function mergePads(pads: readonly Pad[]): Pad[] {
  const merged = new Map<string, Pad>();
  for (const pad of pads) {
    const known = merged.get(pad.id);
    const sources = [...(known?.sources ?? []), ...pad.sources];
    const places = new Map(sources.map((source) => [`${source.transcript}:${source.line}`, source]));
    merged.set(pad.id, { ...pad, sources: [...places.values()] });
  }
  return [...merged.values()];
}

function padOf({ request, calls }: Turn, session: Session): Pad[] {
  const proof = successOf(calls);
  if (proof === undefined) return [];
  const used = calls.slice(0, proof.at + 1);
  const steps = stepsOf(used);
  const first = steps[0];
  if (steps.length < MIN_STEPS || first === undefined) return [];
  const task = request.trim().slice(0, MAX_TASK).toWellFormed();
  const parameters = parametersOf(task, steps);
  return [
    {
      version: 1,
      id: idOf(steps, session.directory, (text) => withParameters(text, parameters)),
      task,
      steps,
      needs: needsOf(used, steps, session.directory),
      parameters,
      success: shownBy(proof.call),
      troubles: troublesOf(used),
      sources: [first.source],
    },
  ];
}

/** The same work in another checkout, on another file, is the same work. */
function idOf(
  steps: readonly PadStep[],
  directory: string | undefined,
  lift: (text: string) => string,
): string {
  const inside = (text: string) => (directory === undefined ? text : text.replaceAll(`${directory}/`, ""));
  const signature = steps.map(({ action, text }) =>
    JSON.stringify([action, lift(inside(action === "run" ? normalCommand(text) : text))]),
  );
  return createHash("sha256").update(signature.join("\n")).digest("hex").slice(0, 8);
}

function shownBy({ command = "", outcome = "ran", result, source }: AgentCall): PadSuccess {
  return { command, outcome, lines: countsIn(result)?.lines ?? [], source };
}

function needsOf(
  calls: readonly AgentCall[],
  steps: readonly PadStep[],
  directory: string | undefined,
): PadNeeds {
  const created = new Set<string>();
  const files = new Set<string>();
  for (const call of calls) {
    if (call.ending === "badly") continue;
    for (const { act, path } of touchedFiles(call)) {
      if (act === "write" && !files.has(path)) created.add(path);
      else if (!created.has(path)) files.add(path);
    }
  }
  const commands = steps
    .filter(({ action }) => action === "run")
    .flatMap(({ text }) => parseShell(text))
    .map(({ words }) => posix.basename(barewords(words)[0] ?? ""))
    .filter((name) => /^[\w.+-]+$/.test(name) && name !== "cd");
  return { directory, files: [...files], commands: [...new Set(commands)] };
}

function troublesOf(calls: readonly AgentCall[]): PadTrouble[] {
  return errorsIn(calls)
    .filter(({ status }) => status === "resolved")
    .map(({ text, target, last, resolvedBy }) => {
      const between = calls.filter(
        ({ source }) => source.block > last.block && source.block < (resolvedBy?.block ?? 0),
      );
      return {
        error: text,
        command: target,
        source: last,
        repair: stepsOf(between).map(({ action, text: done }) => `${action} ${done}`),
      };
    });
}
