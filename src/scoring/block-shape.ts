// In: the lines of a block. Out: what they are by what stands around them: lines near an error, the paragraph of a licence, code.
import { isErrorLine } from "../transcript/error-lines.ts";
import type { BlockLines } from "./block-lines.ts";
import {
  endsLikeCode,
  isComment,
  isDefinition,
  isLicence,
  isPunctuation,
  type LineBody,
} from "./line-shape.ts";
import * as tuned from "./weights.ts";

/** Only in what commands print: in a file, words of errors are code. */
export function linesNearErrors({ text, starts, ends }: BlockLines, isOutput: boolean): Uint8Array {
  const near = new Uint8Array(starts.length);
  if (!isOutput) return near;
  const around = tuned.LINES_AROUND_AN_ERROR;
  for (let i = 0; i < starts.length; i++) {
    if (isErrorLine(text.slice(starts[i], ends[i]))) near.fill(1, Math.max(0, i - around), i + around + 1);
  }
  return near;
}

/** With what follows in the same paragraph of a comment: the last line of a licence is no less one for having none of the words. */
export function licenceLines({ text, starts, ends }: BlockLines): Uint8Array {
  const licence = new Uint8Array(starts.length);
  const body: LineBody = { start: 0, end: 0, indent: 0 };
  for (let i = 0; i < starts.length; i++) {
    body.start = starts[i]!;
    body.end = ends[i]!;
    const goesOn = licence[i - 1] === 1 && isComment(text, body) && !isPunctuation(text, body);
    if (goesOn || isLicence(text, body)) licence[i] = 1;
  }
  return licence;
}

export function looksLikeCode({ text, starts, ends }: BlockLines): boolean {
  const body: LineBody = { start: 0, end: 0, indent: 0 };
  let code = 0;
  let filled = 0;
  for (let i = 0; i < starts.length; i++) {
    body.start = starts[i]!;
    body.end = ends[i]!;
    if (body.start === body.end) continue;
    filled++;
    if (endsLikeCode(text, body) || isDefinition(text, body)) code++;
  }
  return code > tuned.CODE_SHARE * filled;
}
