// In: texts, one after the other. Out: whether a line, a token, a location or a longer text stands in one of them: what an agent
// has without the observations of the prefix.
import { bareText, writtenLines } from "./plain-lines.ts";
import type { Readings } from "./readings.ts";
import { type Location, locations } from "./used-later.ts";

export class Knowledge {
  private readonly readings: Readings;
  private readonly lines = new Set<string>();
  private readonly tokens = new Set<string>();
  private readonly places = new Set<string>();
  private readonly texts: string[] = [];

  constructor(readings: Readings) {
    this.readings = readings;
  }

  /** What was shown. */
  see(text: string): void {
    const { plain, tokens } = this.readings.of(text);
    for (const line of plain) if (line !== undefined) this.lines.add(line);
    for (const token of tokens.flat()) this.tokens.add(token);
    for (const place of locations(text)) this.places.add(placeName(place));
    this.texts.push(bareText(text));
  }

  /** What the agent wrote: lines of a patch count without their signs too. */
  write(text: string): void {
    this.see(text);
    for (const line of writtenLines(text)) this.lines.add(line);
  }

  hasLine(plain: string): boolean {
    return this.lines.has(plain);
  }

  hasToken(token: string): boolean {
    return this.tokens.has(token);
  }

  hasLocation(place: Location): boolean {
    return this.places.has(placeName(place));
  }

  /** @param bare lines without gutters and blanks around */
  hasText(bare: string): boolean {
    return this.texts.some((text) => text.includes(bare));
  }
}

export function placeName({ path, line }: Location): string {
  return `${path.slice(path.lastIndexOf("/") + 1)}:${line}`;
}
