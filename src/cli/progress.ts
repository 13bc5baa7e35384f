// In: what is done of a batch. Out: one line on stderr, on a terminal only: files, speed, time left.
import type { Io } from "./io.ts";

export interface Progress {
  /** @param bytes of a file that is done */
  done(bytes: number): void;
  stop(): void;
}

export interface Extent {
  readonly files: number;
  readonly bytes: number;
}

/**
 * What others write to stderr meanwhile goes above the line.
 *
 * @param isWanted false for a run that should be quiet
 */
export async function progressOn(io: Io, all: Extent, isWanted: boolean): Promise<Progress> {
  // Some terminals say that they have no columns, and the spinner would count lines for ever.
  const hasRoom = io.stderr.isTTY === true && io.stderr.columns !== 0;
  if (!isWanted || !hasRoom || io.env.TERM === "dumb") {
    return { done: () => {}, stop: () => {} };
  }
  const { default: ora } = await import("ora");
  const begin = performance.now();
  const done = { files: 0, bytes: 0 };
  const spinner = ora({
    stream: io.stderr as NodeJS.WriteStream,
    text: progressLine(done, all, 0),
    isEnabled: true,
    discardStdin: false,
    hideCursor: false,
  }).start();
  return {
    done: (bytes) => {
      done.files++;
      done.bytes += bytes;
      spinner.text = progressLine(done, all, (performance.now() - begin) / 1000);
    },
    stop: () => {
      spinner.stop();
    },
  };
}

/** Fits 80 columns. */
export function progressLine(done: Extent, all: Extent, seconds: number): string {
  const count = (value: number) => value.toLocaleString("en-US");
  const files = `${count(done.files)} of ${count(all.files)} files`;
  if (done.bytes === 0 || seconds === 0) return files;
  const speed = done.bytes / seconds;
  return `${files}, ${(speed / 1e6).toFixed(1)} MB/s, ${timeLeft((all.bytes - done.bytes) / speed)} left`;
}

function timeLeft(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(Math.max(0, seconds))} s`;
  if (seconds < 3600) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.ceil((seconds % 3600) / 60)} min`;
}
