// The plugin that `compact init opencode` puts into opencode's folder of plugins. opencode keeps sessions in a database; this changes
// what it sends instead, for each request anew: older tool output is replaced by what compact made of it. At the trigger compact runs
// beside the session, which goes on meanwhile; its result is used from the next request on. Whatever fails, all is sent whole.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { AFTER_CUT, KEEP_REFS } from "../agent-words.ts";
import { applyCuts, type Cut, cutsIn, hashOf, loadCuts, saveCuts } from "./cuts.ts";
import { limitsOf } from "./limits.ts";
import { asTranscript, type Message, newestAnswer, resultsOf } from "./messages.ts";

/** Filled in by `compact init`. */
const OPTIONS = "";

/** What is known of one session. */
interface Session {
  readonly cuts: Map<string, Cut>;
  isRunning: boolean;
  /** No cut is tried below. In tokens. */
  nextAttempt: number;
  /** The answer that was counted before the newest cuts: it says nothing of how large the session is now. */
  staleAnswer: string | undefined;
  areNew: boolean;
}

export const Compact = async ({ directory }: { directory: string }) => {
  const sessions = new Map<string, Session>();
  let window: number | undefined;

  const pathOf = (session: string, ending: string) =>
    join(storeAbove(directory), "harness", `opencode-${session.replace(/\W/g, "-")}${ending}`);

  function sessionOf(id: string): Session {
    const known = sessions.get(id);
    if (known !== undefined) return known;
    const cuts = loadCuts(pathOf(id, ".json"));
    const session = { cuts, isRunning: false, nextAttempt: 0, staleAnswer: undefined, areNew: false };
    sessions.set(id, session);
    return session;
  }

  function startCut(id: string, session: Session, messages: readonly Message[], wholes: Map<string, string>) {
    const { target, minimumSavings } = limitsOf(OPTIONS, window);
    const [transcript, smaller] = [pathOf(id, ".jsonl"), pathOf(id, ".smaller.jsonl")];
    const preset = /--preset \S+/.exec(OPTIONS)?.[0].split(" ") ?? [];
    mkdirSync(dirname(transcript), { recursive: true, mode: 0o700 });
    writeFileSync(transcript, asTranscript(messages), { mode: 0o600 });
    session.isRunning = true;
    session.nextAttempt = (newestAnswer(messages)?.tokens ?? 0) + minimumSavings;
    const flags = ["-q", "--report", "none", "--force", "-b", `${Math.round(target)}`, ...preset];
    const child = spawn("compact", [...flags, "-o", smaller, transcript], {
      cwd: directory,
      stdio: "ignore",
    });
    const end = () => {
      session.isRunning = false;
      for (const path of [transcript, smaller]) rmSync(path, { force: true });
    };
    child.on("error", end); // no compact on the PATH
    child.on("close", () => {
      try {
        const found = cutsIn(readFileSync(smaller, "utf8"), wholes);
        for (const [call, cut] of found) {
          session.areNew ||= session.cuts.get(call)?.text !== cut.text;
          session.cuts.set(call, cut);
        }
        if (session.areNew) saveCuts(pathOf(id, ".json"), session.cuts);
      } catch {
        // compact wrote nothing
      } finally {
        end();
      }
    });
  }

  function transform(messages: readonly Message[]): void {
    const id = messages[0]?.info.sessionID;
    if (id === undefined) return;
    const session = sessionOf(id);
    const wholes = new Map(resultsOf(messages).map(({ callID, state }) => [callID, hashOf(state.output)]));
    applyCuts(messages, session.cuts);
    const answer = newestAnswer(messages);
    if (session.areNew) {
      session.areNew = false;
      session.staleAnswer = answer?.id;
      session.nextAttempt = 0;
    }
    if (answer === undefined || answer.id === session.staleAnswer || session.isRunning) return;
    const { trigger } = limitsOf(OPTIONS, window);
    if (answer.tokens >= Math.max(trigger, session.nextAttempt)) startCut(id, session, messages, wholes);
  }

  return {
    "experimental.chat.messages.transform": async (_input: unknown, output: { messages: Message[] }) => {
      attempt(() => transform(output.messages));
    },

    "experimental.chat.system.transform": async (
      input: { sessionID?: string; model?: { limit?: { context?: number } } },
      output: { system: string[] },
    ) => {
      attempt(() => {
        window = input.model?.limit?.context || window;
        if (input.sessionID === undefined || sessionOf(input.sessionID).cuts.size === 0) return;
        output.system.push(AFTER_CUT);
      });
    },

    "experimental.session.compacting": async (
      input: { sessionID: string },
      output: { context: string[] },
    ) => {
      attempt(() => {
        if (sessionOf(input.sessionID).cuts.size > 0) output.context.push(KEEP_REFS);
      });
    },
  };
};

/** An agent is never stopped by us. */
function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // a store that cannot be written, messages of another version: all is sent whole
  }
}

/** The nearest store upwards, as `compact get` finds it; else a new one here. */
function storeAbove(directory: string): string {
  for (let place = directory; ; place = dirname(place)) {
    const candidate = join(place, ".compact");
    if (existsSync(candidate)) return candidate;
    if (place === dirname(place)) return join(directory, ".compact");
  }
}
