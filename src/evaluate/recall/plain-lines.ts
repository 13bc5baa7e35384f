// In: a text. Out: its lines as the metric compares them: without a line number in front and blanks around.

/** Shorter lines are no quotation: everybody writes `return None`. In characters. */
export const MIN_LINE = 20;
const GUTTER = /^\s*\d+\s*[\t:|→-]\s?/;

/** Any line, however short. */
export function bareLine(line: string): string {
  return line.replace(GUTTER, "").trim();
}

/** Undefined where a line is too short to be a quotation. */
export function plainLine(line: string): string | undefined {
  const bare = bareLine(line);
  return bare.length >= MIN_LINE ? bare : undefined;
}

/** The lines that an agent wrote, and those of a patch without their signs too. */
export function* writtenLines(text: string): Generator<string> {
  for (const line of text.split("\n")) {
    const plain = plainLine(line);
    if (plain === undefined) continue;
    yield plain;
    const unsigned = /^[+-]/.test(plain) ? plainLine(plain.slice(1)) : undefined;
    if (unsigned !== undefined) yield unsigned;
  }
}

/** All lines, bare, as one text: for what spans several. */
export function bareText(text: string): string {
  return text.split("\n").map(bareLine).join("\n");
}
