// `compact watch FILE|DIR...`. In: where sessions are. Out: sessions that are cut as they reach the trigger, and a line for each
// that was. Ends with --once, Ctrl-C or SIGTERM, after what is under way.
import { spawn } from "node:child_process";
import { basename, join, relative, resolve as resolvePath } from "node:path";
import { Store } from "../../artifacts/store.ts";
import { resolve } from "../../config/resolve.ts";
import { printable } from "../../escape/printable.ts";
import { Background } from "../../watch/background.ts";
import { isAlive } from "../../watch/lock.ts";
import { loadStates } from "../../watch/session-state.ts";
import { type WatchEvent, Watcher } from "../../watch/watcher.ts";
import { type CompactFlags, settingsOf } from "../compact-flags.ts";
import { ExitCode } from "../exit-codes.ts";
import { type Io, write } from "../io.ts";
import { CliError } from "../messages.ts";
import { writeOutput } from "../outputs.ts";
import { type LimitFlags, watchLimits } from "../watch-limits.ts";

export interface WatchFlags extends CompactFlags, LimitFlags {
  readonly onReady?: string;
  readonly once?: boolean;
  readonly status?: boolean;
  readonly json?: boolean;
}

/** Between two looks. In milliseconds. */
const LOOK_EVERY = 1000;

export async function runWatch(operands: readonly string[], flags: WatchFlags, io: Io): Promise<ExitCode> {
  const given = settingsOf(flags, io.cwd);
  const store = Store.find(given.artifacts || undefined, io.cwd);
  if (flags.status) return printStatus(store, flags, io);
  if (operands.length === 0) throw new CliError("watch: nothing to watch, expected files or directories");
  if (given.artifacts === false) {
    throw new CliError("watch needs the store, expected no `artifacts: false` in the configuration");
  }
  const { limits, settings } = watchLimits(given, flags);
  const { tokenizer, cache } = resolve(settings);
  const background = new Background();
  const places = operands.map((operand) => resolvePath(io.cwd, operand));
  const watcher = new Watcher({
    places,
    outputOf: outputs(flags.output, places, io.cwd),
    settings,
    tokenizer,
    store: store.directory,
    limits: { ...limits, cacheLifetime: cache.prices.lifetimeSeconds * 1000 },
    background,
    now: () => performance.now(),
    wallClock: () => Date.now(),
    tell: (event) => tellEvent(event, flags, io),
  });
  try {
    await untilStopped(watcher, flags, io);
    watcher.save();
  } finally {
    await background.end(); // its thread would keep the process
  }
  return ExitCode.done;
}

async function untilStopped(watcher: Watcher, flags: WatchFlags, io: Io): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  io.interrupted.addEventListener("abort", stop, { once: true });
  process.once("SIGTERM", stop);
  try {
    do {
      await watcher.look(stopping.signal);
      if (flags.once) return;
      if (io.stderr.isTTY && !flags.quiet && !flags.json) await write(io.stderr, statusLine(watcher));
      await pause(LOOK_EVERY, stopping.signal);
    } while (!stopping.signal.aborted && !io.interrupted.aborted);
  } finally {
    process.off("SIGTERM", stop);
    io.interrupted.removeEventListener("abort", stop);
  }
}

function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, milliseconds);
    stop.addEventListener("abort", end);
  });
}

/** With `-o`, one file goes to that file, sessions of a directory below that directory; without it, all stay in place. */
function outputs(output: string | undefined, places: readonly string[], cwd: string) {
  if (output === undefined) return () => undefined;
  const target = resolvePath(cwd, output);
  return (path: string) => {
    if (places.length === 1 && path === places[0] && !output.endsWith("/")) return target;
    const folder = places.find((place) => path.startsWith(join(place, "/")));
    return join(target, folder === undefined ? basename(path) : relative(folder, path));
  };
}

function tellEvent(event: WatchEvent, flags: WatchFlags, io: Io): void {
  const line = flags.json ? `${JSON.stringify(event)}\n` : lineOf(event);
  const isNews = event.event !== "watching" || flags.json === true;
  if (isNews && (!flags.quiet || event.event === "failed")) {
    write(flags.json ? io.stdout : io.stderr, line).catch(() => {}); // nobody listens any more: the sessions are still cut
  }
  if (event.event === "cut" && flags.onReady !== undefined) runOnReady(flags.onReady, event, io);
}

const WORDS: Readonly<Record<WatchEvent["event"], string>> = {
  watching: "watching",
  cut: "cut",
  ready: "ready, not in place yet",
  left: "left as it is",
  failed: "failed",
  gone: "gone",
};

function lineOf({ event, path, tokens, freed, message }: WatchEvent): string {
  const amounts = freed === undefined ? `${tokens} tokens` : `${tokens} tokens, ${freed} freed`;
  return printable(
    `compact: ${path}: ${WORDS[event]}: ${[amounts, message].filter(Boolean).join("; ")}`,
  ).concat("\n");
}

/** Its own output goes nowhere: stdout is for events. */
function runOnReady(command: string, { path, output, tokens, freed = 0 }: WatchEvent, io: Io): void {
  const env = {
    ...io.env,
    COMPACT_FILE: path,
    COMPACT_OUTPUT: output,
    COMPACT_TOKENS: `${tokens}`,
    COMPACT_FREED: `${freed}`,
  };
  const child = spawn(command, { shell: true, cwd: io.cwd, env, stdio: "ignore" });
  child.on("error", () => {}); // no shell, nothing to run
}

function statusLine(watcher: Watcher): string {
  const { sessions, tokens, cuts, freed } = watcher.totals();
  return `\r\u001b[K${sessions} sessions, ${tokens} live tokens, ${cuts} cuts, ${freed} tokens freed`;
}

async function printStatus(store: Store, { json }: WatchFlags, io: Io): Promise<ExitCode> {
  const states = loadStates(store).map(({ path, tokens, cuts, freed, watcher }) => ({
    path,
    tokens,
    cuts,
    freed,
    watcher: isAlive(watcher) ? watcher : null,
  }));
  const lines = json
    ? states.map((state) => JSON.stringify(state))
    : states.map(
        ({ path, tokens, cuts, freed, watcher }) =>
          `${printable(path)}: ${tokens} tokens, ${cuts} cuts, ${freed} freed, ${watcher === null ? "not watched now" : `watched by process ${watcher}`}`,
      );
  await writeOutput({ type: "stdout" }, [Buffer.from(lines.map((line) => `${line}\n`).join(""))], io);
  return ExitCode.done;
}
