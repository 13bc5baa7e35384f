// In: a transcript that grows. Out: its live context tokens, from the new bytes alone. Notices when it is another file than before,
// and then begins anew; a last line that is not whole yet is left for the next time.
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { contextTokens } from "../engine/limits.ts";
import { Prices } from "../engine/prices.ts";
import type { Format } from "../formats/format.ts";
import { detectFormat, formats, readTranscripts } from "../formats/index.ts";
import { frameLines } from "../jsonl/frame.ts";
import type { TokenCounter } from "../tokens/index.ts";
import { readFrom } from "./byte-range.ts";
import type { SessionState } from "./session-state.ts";

const LINE_FEED = 10;
/** In bytes. */
const TAIL_LENGTH = 4096;

export class FollowedSession {
  readonly path: string;
  tokens = 0;
  /** Context tokens after the last cut, or when one was tried that freed too little; 0 before. */
  sizeThen: number;
  cuts = 0;
  freed = 0;
  private ino = 0;
  private offset = 0;
  private tail = "";
  /** Size when it was last read: more than `offset` while a line is being written. */
  private seen = -1;
  /** Whether it has been compared with what an earlier process knew. */
  private isKnown = false;
  private format: Format | undefined;
  private readonly counter: TokenCounter;

  constructor(path: string, counter: TokenCounter, known: SessionState | undefined) {
    this.path = path;
    this.counter = counter;
    this.sizeThen = known?.sizeThen ?? 0;
    if (known === undefined) return;
    const { tokens, cuts, freed, ino, offset, tail } = known;
    Object.assign(this, { tokens, cuts, freed, ino, offset, tail });
    this.format = formats.find(({ name }) => name === known.format);
  }

  /** Reads what is new. @returns whether anything was */
  readNew({ ino, size }: Pick<Stats, "ino" | "size">): boolean {
    if (this.isKnown && ino === this.ino && size === this.seen) return false;
    const descriptor = openSync(this.path, "r");
    try {
      const isSame =
        ino === this.ino && size >= this.offset && tailHash(descriptor, this.offset) === this.tail;
      if (!isSame) this.beginAnew(ino);
      this.isKnown = true;
      const bytes = readFrom(descriptor, this.offset);
      this.seen = this.offset + bytes.length;
      const whole = bytes.subarray(0, bytes.lastIndexOf(LINE_FEED) + 1);
      if (whole.length === 0) return false;
      this.count(whole);
      this.offset += whole.length;
      this.tail = tailHash(descriptor, this.offset);
      return true;
    } finally {
      closeSync(descriptor);
    }
  }

  /** After a cut: the file begins with `bytes` that hold so many tokens; the next read takes what follows. */
  wasCut(bytes: number, tokens: number, freed: number): void {
    const descriptor = openSync(this.path, "r");
    try {
      this.ino = fstatSync(descriptor).ino;
      this.offset = bytes;
      this.seen = bytes;
      this.tail = tailHash(descriptor, bytes);
    } finally {
      closeSync(descriptor);
    }
    this.tokens = tokens;
    this.cuts++;
    this.freed += freed;
    this.sizeThen = tokens;
  }

  /** The result went elsewhere: the session is as large as before. */
  wasCopied(freed: number): void {
    this.cuts++;
    this.freed += freed;
    this.wasTried();
  }

  /** The same cut would free the same again: the next one waits until the session has grown. */
  wasTried(): void {
    this.sizeThen = this.tokens;
  }

  state(): SessionState {
    const { path, ino, offset, tail, tokens, sizeThen, cuts, freed } = this;
    const known = { path, ino, offset, tail, tokens, sizeThen, cuts, freed };
    return { ...known, format: this.format?.name, watcher: process.pid };
  }

  private beginAnew(ino: number): void {
    this.ino = ino;
    this.offset = 0;
    this.tokens = 0;
    this.sizeThen = 0;
    this.format = undefined;
  }

  /** New lines are read as a transcript of their own: what they add does not depend on the ones before. */
  private count(bytes: Buffer): void {
    const lines = frameLines(bytes);
    this.format ??= detectFormat(lines)?.format;
    if (this.format === undefined) return;
    const prices = new Prices(this.counter);
    for (const transcript of readTranscripts(bytes, lines, this.format)) {
      this.tokens += contextTokens(transcript, prices);
    }
  }
}

function tailHash(descriptor: number, end: number): string {
  const tail = Buffer.alloc(Math.min(TAIL_LENGTH, end));
  const length = readSync(descriptor, tail, 0, tail.length, end - tail.length);
  return createHash("sha256").update(tail.subarray(0, length)).digest("hex");
}
