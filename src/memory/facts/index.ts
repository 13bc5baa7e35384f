// In: the sessions of a project. Out: their facts: one list a kind, later sessions after earlier ones, so that what came later
// supersedes what came before. Pure, without a model: the same transcripts give the same facts at any time.
import type { Session } from "../session.ts";
import { commandsIn } from "./commands.ts";
import { constraintsIn } from "./constraints.ts";
import { errorsIn } from "./errors.ts";
import type { FactSet } from "./fact-set.ts";
import { artifactTrail } from "./files.ts";
import { findingsIn } from "./findings.ts";
import { planIn } from "./plan.ts";
import { referencesIn } from "./references.ts";

export type * from "./fact-set.ts";

export function collectFacts(sessions: readonly Session[]): FactSet {
  const ordered = inOrder(sessions);
  const calls = ordered.flatMap((session) => session.calls);
  const texts = ordered.flatMap((session) => session.texts);
  return {
    version: 1,
    transcripts: [...new Set(ordered.map(({ name }) => name))],
    directory: ordered[0]?.directory,
    files: artifactTrail(calls),
    constraints: constraintsIn(texts),
    errors: errorsIn(calls),
    commands: commandsIn(calls),
    findings: findingsIn(texts),
    plan: planIn(calls, texts),
    references: referencesIn(ordered),
  };
}

/** As they began; sessions without dates stay where they were named. */
function inOrder(sessions: readonly Session[]): Session[] {
  if (sessions.some(({ begun }) => begun === undefined)) return [...sessions];
  return [...sessions].sort((a, b) => Date.parse(a.begun!) - Date.parse(b.begun!));
}
