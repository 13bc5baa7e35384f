// In: nothing. Out: what a command may use of the world. Tests and the launcher give it; nothing in src/cli reaches further.
import type { Readable, Writable } from "node:stream";

export interface Io {
  /** Behind the name of the program. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & Terminal;
  readonly stdout: Writable & Terminal;
  readonly stderr: Writable & Terminal;
  /** Aborted by Ctrl-C: reading stops, and what is not yet written is not written. */
  readonly interrupted: AbortSignal;
  /**
   * Runs what may block for ever and has nothing to lose, such as opening a pipe: Ctrl-C ends the process itself meanwhile,
   * since a blocked process hears no signal.
   */
  unguarded<T>(work: () => T): T;
}

/** What a stream of a process knows of its other end. */
interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly fd?: number;
}

/** A reader that went away, as `| head -1` does: not an error of ours. */
export class ReaderGoneError extends Error {
  override readonly name = "ReaderGoneError";
}

/**
 * Writes and waits until it is on its way; a slow reader slows us down instead of filling memory. What a stream emits beside
 * the callback is taken care of by `main`.
 */
export function write(stream: Writable, content: string | Uint8Array): Promise<void> {
  return new Promise((done, fail) => {
    stream.write(content, (error?: NodeJS.ErrnoException | null) => {
      if (!error) done();
      else if (error.code === "EPIPE") fail(new ReaderGoneError("the reader went away", { cause: error }));
      else fail(error);
    });
  });
}
