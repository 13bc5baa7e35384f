// In: numbers. Out: how every report prints them.
import type { BeforeAfter } from "./report.ts";

export function amount(value: number): string {
  return value.toLocaleString("en-US");
}

export function plural(value: number, unit: string): string {
  return `${amount(value)} ${unit}${value === 1 ? "" : "s"}`;
}

/** `-71 %`; empty where nothing changed. */
export function change({ before, after }: BeforeAfter): string {
  if (before === after) return "";
  return `${after < before ? "-" : "+"}${Math.round((Math.abs(before - after) / before) * 100)} %`;
}

/** `4.2 %`; empty where there is no whole. */
export function share(part: number, whole: number): string {
  if (whole === 0) return "";
  const percent = (100 * part) / whole;
  return `${percent < 10 && percent > 0 ? percent.toFixed(1) : Math.round(percent)} %`;
}
