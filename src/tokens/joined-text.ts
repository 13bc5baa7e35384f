// In: lines, one after the other. Out: the units of the text that they make when joined by line ends. Only the lines of
// the last, open segment are kept: where a segment starts, everything before is a number.

import type { Additivity } from "./token-counter.ts";

export class JoinedText {
  readonly #additivity: Additivity;
  #closedUnits = 0;
  #openLines: string[] = [];
  /** The units of the open lines, where they are known for the case that a line follows. */
  #openUnits: number | undefined;

  constructor(additivity: Additivity) {
    this.#additivity = additivity;
  }

  add(line: string): void {
    this.addLines([line], undefined);
  }

  /**
   * Adds lines of one segment.
   * @param units what they cost as a segment of their own that another one follows, where known
   */
  addLines(lines: readonly string[], units: number | undefined): void {
    const [first] = lines;
    if (first === undefined) return;
    const previous = this.#openLines.at(-1);
    if (previous !== undefined && this.#additivity.startsSegment(first, previous)) this.#close();
    this.#openUnits = this.#openLines.length === 0 ? units : undefined;
    for (const line of lines) this.#openLines.push(line);
  }

  /** Adds whole segments by their price alone. A segment starts behind them, and where they start. */
  addSegments(units: number): void {
    this.#close();
    this.#closedUnits += units;
  }

  /** The units of all lines so far; the last one ends the text. */
  units(): number {
    return this.#closedUnits + this.#additivity.units(this.#openLines.join("\n"));
  }

  #close(): void {
    if (this.#openLines.length === 0) return;
    this.#closedUnits += this.#openUnits ?? this.#additivity.units(`${this.#openLines.join("\n")}\n`);
    this.#openLines = [];
  }
}
