// In: a cut. Out: what the methods of others choose from: every line of every shown observation in one row, with its price.
import type { TokenCounter } from "../../../tokens/index.ts";
import type { Reference } from "../reference.ts";
import type { Shown } from "../shown.ts";

export interface Material {
  readonly shown: readonly Shown[];
  /** What the oracle alone may look at. */
  readonly references: readonly Reference[];
  /** The last message of the user. */
  readonly task: string;
  readonly counter: TokenCounter;
  /** What a gap between lines that stay costs, in tokens: ours, which is a short one. */
  readonly gapTokens: number;
  readonly rows: Rows;
}

/** Every line by one number. */
export interface Rows {
  readonly count: number;
  readonly text: readonly string[];
  readonly price: Float64Array;
  readonly shown: Int32Array;
  readonly line: Int32Array;
  /** The first row of each observation, and behind the last one the count. */
  readonly starts: Int32Array;
}

export function rowsOf(shown: readonly Shown[]): Rows {
  const text = shown.flatMap(({ lines }) => lines);
  const starts = new Int32Array(shown.length + 1);
  const rows = {
    count: text.length,
    text,
    price: new Float64Array(text.length),
    shown: new Int32Array(text.length),
    line: new Int32Array(text.length),
    starts,
  };
  let row = 0;
  shown.forEach(({ lines, prices }, index) => {
    starts[index] = row;
    for (let line = 0; line < lines.length; line++, row++) {
      rows.price[row] = prices[line]!;
      rows.shown[row] = index;
      rows.line[row] = line;
    }
  });
  starts[shown.length] = row;
  return rows;
}
