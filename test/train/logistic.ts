// In: rows of features, each needed or not, with weights. Out: the weights of a logistic model: one number a feature. Deterministic:
// from zero, all rows in each step (Adam), for a fixed number of steps.

export interface Sample {
  /** All rows one after the other. */
  readonly values: Float32Array;
  readonly isNeeded: Uint8Array;
  readonly weight: Float64Array;
}

const STEPS = 300;
const RATE = 0.05;

/** @param ridge how strongly weights are drawn to zero, on features scaled to a deviation of 1 */
export function fitLogistic(
  { values, isNeeded, weight }: Sample,
  width: number,
  ridge: number,
): Float64Array {
  const rows = isNeeded.length;
  const { mean, deviation } = scale(values, weight, width);
  const scaled = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < width; f++)
      scaled[row * width + f] = (values[row * width + f]! - mean[f]!) / deviation[f]!;
  }
  const model = new Float64Array(width + 1); // the last one is the intercept
  const first = new Float64Array(width + 1);
  const second = new Float64Array(width + 1);
  for (let step = 1; step <= STEPS; step++) {
    const gradient = new Float64Array(width + 1);
    for (let row = 0; row < rows; row++) {
      const at = row * width;
      let s = model[width]!;
      for (let f = 0; f < width; f++) s += model[f]! * scaled[at + f]!;
      const error = weight[row]! * (1 / (1 + Math.exp(-s)) - isNeeded[row]!);
      for (let f = 0; f < width; f++) gradient[f]! += error * scaled[at + f]!;
      gradient[width]! += error;
    }
    const rate = RATE * (1 - step / (STEPS + 1));
    for (let f = 0; f <= width; f++) {
      const slope = gradient[f]! + (f < width ? ridge * model[f]! : 0);
      first[f] = 0.9 * first[f]! + 0.1 * slope;
      second[f] = 0.999 * second[f]! + 0.001 * slope * slope;
      const step1 = first[f]! / (1 - 0.9 ** step);
      const step2 = second[f]! / (1 - 0.999 ** step);
      model[f]! -= (rate * step1) / (Math.sqrt(step2) + 1e-9);
    }
  }
  return Float64Array.from({ length: width }, (_, f) => model[f]! / deviation[f]!);
}

function scale(values: Float32Array, weight: Float64Array, width: number) {
  const mean = new Float64Array(width);
  const square = new Float64Array(width);
  const sum = weight.reduce((total, one) => total + one, 0);
  for (let row = 0; row < weight.length; row++) {
    for (let f = 0; f < width; f++) {
      const value = values[row * width + f]!;
      mean[f]! += (weight[row]! * value) / sum;
      square[f]! += (weight[row]! * value * value) / sum;
    }
  }
  const deviation = square.map((value, f) => Math.sqrt(Math.max(0, value - mean[f]! ** 2)) || 1);
  return { mean, deviation };
}
