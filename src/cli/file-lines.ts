// In: a path. Out: its lines, one after the other, in memory that does not depend on how many there are.
import { closeSync, openSync, readSync } from "node:fs";

const CHUNK = 2 ** 18;
const LINE_FEED = 10;

/** @throws the error of the file system */
export function* fileLines(path: string): Generator<string> {
  const descriptor = openSync(path, "r");
  try {
    let rest: Buffer[] = [];
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const length = readSync(descriptor, chunk, 0, CHUNK, null);
      if (length === 0) break;
      let at = 0;
      for (
        let feed = chunk.indexOf(LINE_FEED);
        feed !== -1 && feed < length;
        feed = chunk.indexOf(LINE_FEED, at)
      ) {
        yield Buffer.concat([...rest, chunk.subarray(at, feed)]).toString("utf8");
        rest = [];
        at = feed + 1;
      }
      if (at < length) rest.push(chunk.subarray(at, length));
    }
    if (rest.length > 0) yield Buffer.concat(rest).toString("utf8");
  } finally {
    closeSync(descriptor);
  }
}
