// In: texts. Out: what of each line can be referred to, read once a text: the cuts of a transcript share most of theirs.
import { plainLine } from "./plain-lines.ts";
import { typedTokens } from "./typed-tokens.ts";

export interface Reading {
  /** By line; undefined where it is too short. */
  readonly plain: readonly (string | undefined)[];
  readonly tokens: readonly (readonly string[])[];
}

export class Readings {
  private readonly known = new Map<string, Reading>();

  of(text: string): Reading {
    let reading = this.known.get(text);
    if (reading === undefined) {
      const lines = text.split("\n");
      reading = { plain: lines.map(plainLine), tokens: lines.map((line) => [...typedTokens(line)]) };
      this.known.set(text, reading);
    }
    return reading;
  }
}
