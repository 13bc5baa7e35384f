// In: a text from a transcript. Out: one short line of it for a terminal or a list. Hostile text must not steer the terminal.

/** A statement beyond this is cut for show; the JSON has it whole. In characters. */
const MAX_LENGTH = 280;

const CONTROL =
  /\u001b\[[\d;?]*[ -/]*[@-~]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g;

export function printable(text: string, length = MAX_LENGTH): string {
  const line = text
    .slice(0, 4 * length)
    .replace(CONTROL, "")
    .replace(/\s+/g, " ")
    .trim();
  if (line.length <= length) return text.length <= 4 * length ? line : `${line} [...]`;
  const cut = line.slice(0, length);
  return `${cut.toWellFormed()} [...]`;
}
