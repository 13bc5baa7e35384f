// In: the rows of a report, one at a time. Out: their sum. What it holds does not grow with the number of rows, but for seven
// numbers a file, which make the quantiles exact. A merged report is the sum of the same rows, so it is the same.
import { CHECKPOINTS } from "./growth.ts";
import { byTimes, LIST_LENGTH } from "./observations.ts";
import { Numbers } from "./quantiles.ts";
import { RecallSum } from "./recall.ts";
import type {
  BeforeAfter,
  Context,
  DiskParts,
  FileReport,
  Growth,
  In,
  LargeObservation,
  Reread,
  StageReport,
  Total,
  TotalGrowth,
} from "./report.ts";

export class Totals {
  private files = 0;
  private readonly byStatus = new Counts();
  private readonly byFormat = new Counts();
  private readonly tokenizers = new Set<string>();
  private readonly context = new Counts();
  private readonly kinds = new Pairs();
  private readonly tools = new Pairs();
  private readonly disk = new Counts();
  private readonly stages = new Map<string, Counts>();
  private readonly several = new Counts();
  private readonly recall = new RecallSum();
  private readonly growth = new GrowthSum();
  private largest: In<LargeObservation>[] = [];
  private reread: In<Reread>[] = [];
  private readonly before = new Numbers();
  private readonly after = new Numbers();
  private readonly share = new Numbers();
  private readonly breakEven = new Numbers();

  add(file: FileReport): void {
    const { path, context, disk } = file;
    this.files++;
    this.byStatus.add(file.status, 1);
    if (file.format !== undefined) this.byFormat.add(file.format, 1);
    if (file.tokenizer !== undefined) this.tokenizers.add(file.tokenizer);
    this.addContext(context);
    for (const [part, bytes] of Object.entries(disk.parts)) this.disk.add(part, bytes);
    this.disk.add("before", disk.before);
    this.disk.add("after", disk.after);
    this.disk.add("storeAdded", disk.storeAdded);
    for (const stage of file.stages) this.addStage(stage);
    this.several.add("artifacts", file.artifacts);
    this.several.add("images", file.images);
    this.several.add("warnings", file.warnings.length);
    this.recall.add(file);
    if (file.growth !== undefined) this.growth.add(file.growth);
    this.largest = shortList([...this.largest, ...file.largest.map((item) => ({ path, ...item }))], bySize);
    this.reread = shortList([...this.reread, ...file.reread.map((item) => ({ path, ...item }))], byTimes);
    this.addToDistribution(file);
  }

  /** @param found how many files there are, those that were not come to included */
  total(found = this.files): Total {
    return {
      files: this.files,
      failed: this.byStatus.of("failed"),
      found,
      byStatus: this.byStatus.sorted(),
      byFormat: this.byFormat.sorted(),
      tokenizers: [...this.tokenizers].sort(),
      context: {
        tokensBefore: this.context.of("before"),
        tokensAfter: this.context.of("after"),
        byKind: this.kinds.sorted(),
        byTool: this.tools.sorted(),
        waste: { duplicate: this.context.of("duplicate"), superseded: this.context.of("superseded") },
      },
      disk: {
        before: this.disk.of("before"),
        after: this.disk.of("after"),
        storeAdded: this.disk.of("storeAdded"),
        parts: this.diskParts(),
      },
      stages: [...this.stages].map(([stage, counts]) => ({
        stage,
        deletions: counts.of("deletions"),
        dropped: counts.of("dropped"),
        lines: counts.of("lines"),
        tokens: counts.of("tokens"),
      })),
      artifacts: this.several.of("artifacts"),
      images: this.several.of("images"),
      warnings: this.several.of("warnings"),
      recall: this.recall.total(),
      growth: this.growth.sum(),
      largest: this.largest,
      reread: this.reread,
      distribution: {
        tokensBefore: this.before.quantiles(),
        tokensAfter: this.after.quantiles(),
        share: this.share.quantiles(),
        breakEvenTurns: this.breakEven.quantiles(),
      },
    };
  }

  private addContext({ tokensBefore, tokensAfter, byKind, byTool, waste }: Context): void {
    this.context.add("before", tokensBefore);
    this.context.add("after", tokensAfter);
    this.context.add("duplicate", waste.duplicate);
    this.context.add("superseded", waste.superseded);
    for (const [kind, size] of Object.entries(byKind)) this.kinds.add(kind, size);
    for (const [tool, size] of Object.entries(byTool)) this.tools.add(tool, size);
  }

  private addStage({ stage, deletions, dropped, lines, tokens }: StageReport): void {
    const counts = this.stages.get(stage) ?? new Counts();
    this.stages.set(stage, counts);
    for (const [key, value] of Object.entries({ deletions, dropped, lines, tokens })) counts.add(key, value);
  }

  private diskParts(): DiskParts {
    const { of } = this.disk;
    return {
      live: of("live"),
      dead: of("dead"),
      sidecar: of("sidecar"),
      image: of("image"),
      opaque: of("opaque"),
      structure: of("structure"),
    };
  }

  /** Files without context tokens have no share of them left. */
  private addToDistribution({ path, context, cache }: FileReport): void {
    if (context.tokensBefore > 0) {
      this.before.add(context.tokensBefore, path);
      this.after.add(context.tokensAfter, path);
      this.share.add(context.tokensAfter / context.tokensBefore, path);
    }
    if (cache !== undefined) this.breakEven.add(cache.breakEvenTurns, path);
  }
}

function bySize(a: LargeObservation, b: LargeObservation): number {
  return b.tokensBefore - a.tokensBefore;
}

/** Sorting is stable: of equals, those of earlier files come first. */
function shortList<Item>(items: Item[], order: (a: Item, b: Item) => number): Item[] {
  return items.sort(order).slice(0, LIST_LENGTH);
}

/** Sums by name, whatever the name: a tool may be called `__proto__`. */
class Counts {
  private readonly counts = new Map<string, number>();

  add(name: string, count: number): void {
    this.counts.set(name, this.of(name) + count);
  }

  readonly of = (name: string): number => this.counts.get(name) ?? 0;

  sorted(): Record<string, number> {
    return fromEntries([...this.counts].sort(byName));
  }
}

class Pairs {
  private readonly before = new Counts();
  private readonly after = new Counts();
  private readonly names = new Set<string>();

  add(name: string, { before, after }: BeforeAfter): void {
    this.names.add(name);
    this.before.add(name, before);
    this.after.add(name, after);
  }

  sorted(): Record<string, BeforeAfter> {
    const entries = [...this.names].map((name): [string, BeforeAfter] => [
      name,
      { before: this.before.of(name), after: this.after.of(name) },
    ]);
    return fromEntries(entries.sort(byName));
  }
}

class GrowthSum {
  private readonly files: number[] = CHECKPOINTS.map(() => 0);
  private readonly before = new Map<string, number[]>();
  private readonly after = new Map<string, number[]>();

  add({ steps, before, after }: Growth): void {
    steps.forEach((_, i) => {
      this.files[i]! += 1;
    });
    for (const [kind, tokens] of Object.entries(before)) {
      addList(this.before, kind, tokens);
      addList(this.after, kind, after[kind] ?? tokens);
    }
  }

  sum(): TotalGrowth {
    const reached = this.files.filter((files) => files > 0).length;
    const lists = (sums: Map<string, number[]>) =>
      fromEntries(
        [...sums].map(([kind, list]): [string, number[]] => [kind, list.slice(0, reached)]).sort(byName),
      );
    return {
      steps: CHECKPOINTS.slice(0, reached),
      files: this.files.slice(0, reached),
      before: lists(this.before),
      after: lists(this.after),
    };
  }
}

function addList(sums: Map<string, number[]>, kind: string, tokens: readonly number[]): void {
  const list = sums.get(kind) ?? CHECKPOINTS.map(() => 0);
  sums.set(kind, list);
  tokens.forEach((value, i) => {
    list[i]! += value;
  });
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function fromEntries<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  const record: Record<string, Value> = Object.create(null);
  for (const [name, value] of entries) record[name] = value;
  return record;
}
