// In: a number for each line. Out: what it is around each line: mean, maximum, and how far the next line is that has it.

/** The mean over up to `around` neighbours on each side. */
export function windowMeans(values: Float64Array, around: number): Float64Array {
  const means = new Float64Array(values.length);
  let sum = 0;
  let from = 0;
  let to = 0;
  for (let i = 0; i < values.length; i++) {
    while (to < Math.min(values.length, i + around + 1)) sum += values[to++]!;
    while (from < i - around) sum -= values[from++]!;
    means[i] = sum / (to - from);
  }
  return means;
}

/** The largest of up to `around` neighbours on each side. */
export function windowMaxima(values: Float64Array, around: number): Float64Array {
  const maxima = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let most = values[i]!;
    const end = Math.min(values.length, i + around + 1);
    for (let at = Math.max(0, i - around); at < end; at++) if (values[at]! > most) most = values[at]!;
    maxima[i] = most;
  }
  return maxima;
}

/** How many lines away the nearest value above a threshold is: 0 in the line itself, `most` where there is none so near. */
export function nearestDistances(values: Float64Array, threshold: number, most: number): Float64Array {
  const distances = new Float64Array(values.length);
  let distance = most;
  for (let i = 0; i < values.length; i++) {
    distance = values[i]! > threshold ? 0 : Math.min(most, distance + 1);
    distances[i] = distance;
  }
  distance = most;
  for (let i = values.length - 1; i >= 0; i--) {
    distance = values[i]! > threshold ? 0 : Math.min(most, distance + 1);
    if (distance < distances[i]!) distances[i] = distance;
  }
  return distances;
}
