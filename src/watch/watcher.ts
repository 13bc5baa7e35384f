// In: places where sessions are, limits, and a clock that only goes forward. Out: events. Follows every session, and hands those
// that reach the trigger to the background, one at a time; the sessions wait for nothing.
//
// Looks instead of being told: a stat of a hundred files a second costs a thousandth of a core, works on every file system, and
// no event can be lost.
import { type Stats, statSync } from "node:fs";
import { Store } from "../artifacts/store.ts";
import type { Settings } from "../config/settings.ts";
import { type CutLimits, type CutOrder, cutOrder } from "../cost/cut-order.ts";
import { type TokenizerName, tokenCounter } from "../tokens/index.ts";
import type { Background } from "./background.ts";
import { findSessions } from "./find-sessions.ts";
import { FollowedSession } from "./followed-session.ts";
import { swapReady } from "./ready.ts";
import { loadState, removeState, saveState } from "./session-state.ts";
import { finishReplacing } from "./swap.ts";
import type { JobOutcome } from "./worker.ts";

export interface WatchLimits extends CutLimits {
  /** How long after its last use a prompt stays cached. In milliseconds. */
  readonly cacheLifetime: number;
  /** After a cut, a session is left alone that long. In milliseconds. */
  readonly holdOff: number;
}

export interface WatchSetup {
  readonly places: readonly string[];
  /** Where the result of a session goes; undefined for in place. */
  readonly outputOf: (path: string) => string | undefined;
  readonly settings: Settings;
  readonly tokenizer: TokenizerName;
  readonly store: string;
  readonly limits: WatchLimits;
  readonly background: Pick<Background, "run">;
  /** In milliseconds, from any beginning; never goes back. */
  readonly now: () => number;
  /** In milliseconds since 1970; may jump. Asked once a session, for how long it has rested when it is seen first. */
  readonly wallClock: () => number;
  readonly tell: (event: WatchEvent) => void;
}

export interface WatchEvent {
  readonly event: "watching" | "cut" | "ready" | "left" | "failed" | "gone";
  readonly path: string;
  readonly tokens: number;
  readonly freed?: number;
  /** Where the result is; for `cut`. */
  readonly output?: string;
  /** For people. */
  readonly message?: string;
}

interface Followed {
  readonly session: FollowedSession;
  /** When it was last seen to grow; known once it is read. */
  changedAt: number;
  isRead: boolean;
  /** No cut before. */
  heldUntil: number;
  isReady: boolean;
  isSaved: boolean;
}

/** New sessions are looked for, and resting ones looked at, that often; and a state is saved. In milliseconds. */
const SCAN_EVERY = 10_000;
/** A session that has not changed for so long rests. */
const RESTS_AFTER = 600_000;

export class Watcher {
  private readonly setup: WatchSetup;
  private readonly store: Store;
  private readonly followed = new Map<string, Followed>();
  private scannedAt = Number.NEGATIVE_INFINITY;

  constructor(setup: WatchSetup) {
    this.setup = setup;
    this.store = new Store(setup.store);
  }

  /** Looks once: at all sessions that may have changed, and cuts those that reach the trigger. */
  async look(stop: AbortSignal): Promise<void> {
    const now = this.setup.now();
    const isScan = now - this.scannedAt >= SCAN_EVERY;
    if (isScan) {
      this.scannedAt = now;
      const paths = findSessions(this.setup.places);
      finishReplacing(paths);
      for (const path of paths) this.follow(path, now);
    }
    for (const [path, followed] of this.followed) {
      if (stop.aborted) return;
      if (!isScan && now - followed.changedAt >= RESTS_AFTER) continue;
      await this.lookAt(path, followed, now);
    }
    if (isScan) this.save();
  }

  /** What is known, for the next process. */
  save(): void {
    for (const followed of this.followed.values()) {
      if (followed.isSaved) continue;
      saveState(this.store, followed.session.state());
      followed.isSaved = true;
    }
  }

  totals(): { sessions: number; tokens: number; cuts: number; freed: number } {
    const sessions = [...this.followed.values()].map(({ session }) => session);
    const sum = (pick: (session: FollowedSession) => number) =>
      sessions.reduce((all, one) => all + pick(one), 0);
    return {
      sessions: sessions.length,
      tokens: sum(({ tokens }) => tokens),
      cuts: sum(({ cuts }) => cuts),
      freed: sum(({ freed }) => freed),
    };
  }

  private follow(path: string, now: number): void {
    if (this.followed.has(path)) return;
    const { tokenizer } = this.setup;
    const known = loadState(this.store, path);
    const session = new FollowedSession(path, tokenCounter(tokenizer), known);
    const times = { changedAt: now, isRead: false, heldUntil: Number.NEGATIVE_INFINITY };
    this.followed.set(path, { session, ...times, isReady: true, isSaved: false });
  }

  private async lookAt(path: string, followed: Followed, now: number): Promise<void> {
    const { session } = followed;
    const isNew = !followed.isSaved && session.tokens === 0;
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats === undefined) {
        this.forget(path, session);
        return;
      }
      if (followed.isReady && this.publishReady(followed)) return; // the next look reads it anew
      if (session.readNew(stats)) {
        followed.changedAt = now;
        followed.isSaved = false;
        if (isNew) this.tell("watching", session);
      }
      if (!followed.isRead) followed.changedAt = now - this.restedFor(stats);
      followed.isRead = true;
      const order = this.orderFor(followed, now);
      if (order !== undefined && now >= followed.heldUntil) await this.cut(followed, order);
    } catch (error) {
      this.tell("failed", session, { message: error instanceof Error ? error.message : String(error) });
      followed.heldUntil = this.setup.now() + this.setup.limits.holdOff;
    }
  }

  /** A file that was written in the future says that some clock is wrong: then it has only just been written. */
  private restedFor({ mtimeMs }: Stats): number {
    return Math.max(0, this.setup.wallClock() - mtimeMs);
  }

  private orderFor({ session, changedAt }: Followed, now: number): CutOrder | undefined {
    const { limits } = this.setup;
    const isCold = now - changedAt >= limits.cacheLifetime;
    return cutOrder(limits, { tokens: session.tokens, sizeThen: session.sizeThen, isCold });
  }

  private forget(path: string, session: FollowedSession): void {
    this.followed.delete(path);
    removeState(this.store, path);
    this.tell("gone", session);
  }

  private async cut(followed: Followed, order: CutOrder): Promise<void> {
    const { session } = followed;
    const { store, limits, background, outputOf, now } = this.setup;
    const { path } = session;
    const output = outputOf(path);
    const settings = settingsFor(order, this.setup.settings);
    const outcome = await background.run({ path, output, settings, store, minimumSavings: order.leastFreed });
    followed.heldUntil = now() + limits.holdOff;
    followed.isSaved = false;
    this.apply(outcome, followed, output);
    saveState(this.store, session.state());
    followed.isSaved = true;
  }

  private apply(outcome: JobOutcome, followed: Followed, output: string | undefined): void {
    const { session } = followed;
    if (outcome.status === "swapped") {
      if (output === undefined) session.wasCut(outcome.bytes, outcome.tokens - outcome.freed, outcome.freed);
      else session.wasCopied(outcome.freed);
      this.tell("cut", session, { freed: outcome.freed, output: output ?? session.path });
    } else if (outcome.status === "held") {
      followed.isReady = true;
      session.wasTried();
      this.tell("ready", session, { freed: outcome.freed, message: "a process holds it open" });
    } else if (outcome.status === "not-worth-it") {
      session.tokens = outcome.tokens;
      session.wasTried();
      this.tell("left", session, { freed: outcome.freed, message: "a cut would free too little" });
    } else if (outcome.status === "unknown-format") {
      session.wasTried();
      this.tell("left", session, { message: "no known transcript format" });
    } else if (outcome.status === "failed") {
      this.tell("failed", session, { message: outcome.message });
    }
  }

  /** A result waits for its writer to let go. */
  private publishReady(followed: Followed): boolean {
    const { session } = followed;
    const outcome = swapReady(this.store, session.path);
    followed.isReady = outcome?.status === "held";
    if (outcome?.status !== "swapped") return false;
    session.cuts++;
    this.tell("cut", session, { output: session.path, message: "its writer let go" });
    return true;
  }

  private tell(
    event: WatchEvent["event"],
    { path, tokens }: FollowedSession,
    more: Partial<WatchEvent> = {},
  ): void {
    this.setup.tell({ event, path, tokens, ...more });
  }
}

/** What is said of a budget holds for every cut. Only the full window may be a limit of a file whose older parts are counted too. */
function settingsFor({ occasion, target, hasToPay }: CutOrder, settings: Settings): Settings {
  return {
    ...settings,
    ...(settings.budget === undefined && target !== undefined ? { budget: target } : {}),
    ...(occasion === "window" ? {} : { trigger: 0 }),
    cacheAware: hasToPay,
  };
}
