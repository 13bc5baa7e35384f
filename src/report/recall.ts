// In: the recall of each file, where it was evaluated. Out: the recall of all, V and T apart. Exact, so that merged reports say what
// one would have said.
import { Numbers } from "./quantiles.ts";
import type { FileReport, RecallSpread, TotalRecall } from "./report.ts";

export class RecallSum {
  private cuts = 0;
  private readonly kept = new Numbers();
  private readonly v = new Numbers("low");
  private readonly t = new Numbers("low");

  add({ path, recall }: FileReport): void {
    if (recall === undefined) return;
    this.cuts += recall.cuts;
    this.kept.add(recall.kept, path);
    if (recall.v !== undefined) this.v.add(recall.v, path);
    if (recall.t !== undefined) this.t.add(recall.t, path);
  }

  total(): TotalRecall | undefined {
    const kept = this.kept.mean();
    if (kept === undefined) return undefined;
    const { files } = this.kept.quantiles();
    return { files, cuts: this.cuts, kept, v: spread(this.v), t: spread(this.t) };
  }
}

function spread(numbers: Numbers): RecallSpread | undefined {
  const mean = numbers.mean();
  return mean === undefined ? undefined : { mean, ...numbers.quantiles() };
}
