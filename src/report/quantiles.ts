// In: numbers, one at a time, each with the file that it belongs to. Out: median, 90th percentile and worst, exact.
import type { Quantiles } from "./report.ts";

/** Eight bytes a number. */
export class Numbers {
  private values = new Float64Array(64);
  private length = 0;
  private worst = { value: Number.NEGATIVE_INFINITY, path: "" };

  add(value: number, path: string): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
    if (value > this.worst.value) this.worst = { value, path };
  }

  quantiles(): Quantiles {
    if (this.length === 0) return { files: 0, median: 0, p90: 0, worst: 0, worstPath: "" };
    const sorted = this.values.slice(0, this.length).sort();
    const at = (share: number) => sorted[Math.ceil(share * this.length) - 1] ?? 0;
    return {
      files: this.length,
      median: at(0.5),
      p90: at(0.9),
      worst: this.worst.value,
      worstPath: this.worst.path,
    };
  }
}
