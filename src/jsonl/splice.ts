// In: bytes and the places to replace. Out: new bytes, all others untouched.

/** Replaces `bytes[start, end)` by `insert`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

/** @param splices ascending, not overlapping */
export function applySplices(bytes: Buffer, splices: readonly Splice[]): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const { start, end, insert } of splices) {
    parts.push(bytes.subarray(at, start), Buffer.from(insert, "utf8"));
    at = end;
  }
  parts.push(bytes.subarray(at));
  return Buffer.concat(parts);
}
