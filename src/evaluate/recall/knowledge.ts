// In: texts, one after the other. Out: whether a token, a location, a line or a longer text stands in one of them: what an agent
// has without the observations of the prefix.
import { bareText } from "./plain-lines.ts";
import type { Readings } from "./readings.ts";
import { type Location, locations } from "./used-later.ts";

export class Knowledge {
  private readonly readings: Readings;
  private readonly tokens = new Set<string>();
  private readonly places = new Set<string>();
  private readonly texts: string[] = [];

  constructor(readings: Readings) {
    this.readings = readings;
  }

  see(text: string): void {
    for (const token of this.readings.of(text).tokens.flat()) this.tokens.add(token);
    for (const place of locations(text)) this.places.add(placeName(place));
    this.texts.push(bareText(text));
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
