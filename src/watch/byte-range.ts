// In: an open file and where. Out: its bytes from there on. Reads by position, so that several may read the same descriptor.
import { createHash } from "node:crypto";
import { fstatSync, readSync } from "node:fs";

/** In bytes: large enough to be fast, small enough not to matter. */
const PIECE = 1 << 20;

/** What a file holds from an offset to its end as it is now. */
export function readFrom(descriptor: number, start: number): Buffer {
  const { size } = fstatSync(descriptor);
  return Buffer.concat([...piecesOf(descriptor, start, Math.max(start, size))]);
}

/** SHA-256 of the beginning of a file, in hex. */
export function hashPrefix(descriptor: number, bytes: number): string {
  const hash = createHash("sha256");
  for (const piece of piecesOf(descriptor, 0, bytes)) hash.update(piece);
  return hash.digest("hex");
}

function* piecesOf(descriptor: number, start: number, end: number): Generator<Buffer> {
  for (let at = start; at < end; ) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE, end - at));
    const length = readSync(descriptor, piece, 0, piece.length, at);
    if (length === 0) return; // cut off meanwhile
    at += length;
    yield piece.subarray(0, length);
  }
}
