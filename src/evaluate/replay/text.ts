// In: a result. Out: tables for people: all sessions together, and each of them.

import type { PolicyResult, SessionResult, Sums } from "./measure.ts";
import { NONE } from "./policies/none.ts";
import type { PolicyTotal, ReplayResult } from "./total.ts";

export function renderText(result: ReplayResult): string {
  const { sessions, total, window, prices, horizon } = result;
  if (sessions.length === 0) return "nothing to replay\n";
  const head = `window of ${amount(window)} tokens, prices of ${prices.name}, horizon of ${horizon} turns; cost in tokens that no cache has\n`;
  const tables = sessions.map((session) => sessionText(session, result));
  return [head, ...(sessions.length > 1 ? [totalText(total, result)] : []), ...tables].join("\n");
}

function totalText(total: readonly PolicyTotal[], result: ReplayResult): string {
  const { length } = result.sessions;
  const head = [...headOf(result), "fits", "cheapest", "dearer than none"];
  const none = total.find(({ policy }) => policy === NONE);
  const rows = total.map((one) => [
    ...rowOf(one, one.cuts, none?.cost, result),
    amount(one.fits),
    amount(one.cheapest),
    amount(one.dearer),
  ]);
  return `all ${amount(length)} sessions\n${columns([head, ...rows])}`;
}

function sessionText(
  { path, tokens, requests, undone, policies }: SessionResult,
  result: ReplayResult,
): string {
  const harness = undone === 0 ? "" : `, ${undone} of the harness's own compactions undone`;
  const head = [...headOf(result), ""];
  const none = policies.find(({ policy }) => policy === NONE);
  const rows = policies.map((one) => [...rowOf(one, one.cuts.length, none?.cost, result), remark(one)]);
  return `${path}: ${amount(tokens)} tokens, ${amount(requests)} requests${harness}\n${columns([head, ...rows])}`;
}

function remark({ fits, isCheapest }: PolicyResult): string {
  if (!fits) return "over the window";
  return isCheapest ? "cheapest" : "";
}

function headOf({ prices }: ReplayResult): string[] {
  const dollars = prices.dollarsPerMillion === undefined ? [] : ["$"];
  return ["", "peak", "input", "cache reads", "writes", "cost", ...dollars, "of none", "cuts", "wasted"];
}

type Row = Sums & { readonly policy: string; readonly peak: number; readonly wasted: number };

function rowOf(row: Row, cuts: number, none: number | undefined, { prices }: ReplayResult): string[] {
  const { policy, peak, input, cacheRead, cacheWrite, cost, wasted } = row;
  const { dollarsPerMillion } = prices;
  const dollars =
    dollarsPerMillion === undefined ? [] : [((cost * dollarsPerMillion) / 1_000_000).toFixed(2)];
  const sums = [peak, input, cacheRead, cacheWrite, cost].map(amount);
  return [policy, ...sums, ...dollars, share(cost, none), amount(cuts), amount(wasted)];
}

/** `-41.7 %`. */
function share(cost: number, none = 0): string {
  if (none === 0) return "";
  const percent = 100 * (cost / none - 1);
  const rounded = Math.abs(percent).toFixed(1);
  if (rounded === "0.0") return "same";
  return `${percent < 0 ? "-" : "+"}${rounded} %`;
}

function amount(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Names to the left, numbers to the right. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => {
    const cells = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
    );
    return `  ${cells.join("  ").trimEnd()}\n`;
  });
  return lines.join("");
}
