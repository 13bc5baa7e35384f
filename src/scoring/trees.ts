// In: rows of features, and small decision trees. Out: for each row what the trees say together: the logarithm of the odds that the
// agent will use the line, up to a constant. Knows nothing of what features mean.

/** Every tree asks three questions, one after the other, and so has eight leaves. */
export const DEPTH = 3;
export const QUESTIONS = 2 ** DEPTH - 1;
export const LEAVES = 2 ** DEPTH;

/**
 * All trees one after the other. Question 0 is asked first; after question `q` comes `2q + 1` where the feature is at most the
 * threshold, and `2q + 2` where it is more.
 */
export interface Trees {
  /** By question: the position of the feature in a row. */
  readonly features: Int32Array;
  readonly thresholds: Float32Array;
  readonly leaves: Float64Array;
}

/** @param row where the row begins in `values` */
export function sumOfLeaves(
  { features, thresholds, leaves }: Trees,
  values: Float32Array,
  row: number,
): number {
  let sum = 0;
  let leaf = 0;
  for (let first = 0; first < features.length; first += QUESTIONS) {
    let question = values[row + features[first]!]! > thresholds[first]! ? 2 : 1;
    question =
      2 * question + (values[row + features[first + question]!]! > thresholds[first + question]! ? 2 : 1);
    question =
      2 * question + (values[row + features[first + question]!]! > thresholds[first + question]! ? 2 : 1);
    sum += leaves[leaf + question - QUESTIONS]!;
    leaf += LEAVES;
  }
  return sum;
}
