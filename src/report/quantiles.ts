// In: numbers, one at a time, each with the file that it belongs to. Out: median, 90th percentile and worst, exact.
import type { Quantiles } from "./report.ts";

/** Eight bytes a number. */
export class Numbers {
  private readonly isLowWorst: boolean;
  private values = new Float64Array(64);
  private length = 0;
  private sum = 0;
  private worst = { value: 0, path: "" };

  /** @param worstIs which end is the bad one: the 90th percentile lies on its side */
  constructor(worstIs: "high" | "low" = "high") {
    this.isLowWorst = worstIs === "low";
  }

  add(value: number, path: string): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    const isWorse = this.isLowWorst ? value < this.worst.value : value > this.worst.value;
    if (isWorse || this.length === 0) this.worst = { value, path };
    this.values[this.length++] = value;
    this.sum += value;
  }

  /** Undefined where there is no number. */
  mean(): number | undefined {
    return this.length === 0 ? undefined : this.sum / this.length;
  }

  quantiles(): Quantiles {
    if (this.length === 0) return { files: 0, median: 0, p90: 0, worst: 0, worstPath: "" };
    const sorted = this.values.slice(0, this.length).sort();
    const at = (rank: number) => sorted[rank] ?? 0;
    const p90 = Math.ceil(0.9 * this.length) - 1;
    return {
      files: this.length,
      median: at(Math.ceil(0.5 * this.length) - 1),
      p90: at(this.isLowWorst ? this.length - 1 - p90 : p90),
      worst: this.worst.value,
      worstPath: this.worst.path,
    };
  }
}
