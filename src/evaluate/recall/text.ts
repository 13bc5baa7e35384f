// In: a result. Out: tables for people, the two families side by side and never added up.
import type { Estimate } from "./bootstrap.ts";
import type { Stratum } from "./strata.ts";
import type { Group, MethodSummary, PointSummary, Result } from "./summary.ts";

export function renderText({ groups, skipped }: Result): string {
  const parts = groups.map(groupText);
  if (skipped.length > 0) parts.push(`nothing to measure in ${skipped.length} of the files\n`);
  return parts.join("\n");
}

function groupText({ name, cuts, transcripts, observationTokens, references, points, area }: Group): string {
  const { v, t, reacquired } = references;
  const head = [
    `${name}: ${count(cuts, "cut")} of ${count(transcripts, "transcript")}; means of a cut: ${Math.round(observationTokens).toLocaleString("en")} observation tokens,`,
    `  ${v.toFixed(1)} V and ${t.toFixed(1)} T references, ${reacquired.toFixed(1)} more were seen again before their use`,
  ];
  const areas = area.filter(({ v, t }) => v !== undefined || t !== undefined);
  const curve =
    areas.length === 0
      ? []
      : [
          "",
          "  area under the curve of the budgets",
          ...columns([["", "V", "T"], ...areas.map(({ method, v, t }) => [method, share(v), share(t)])]),
        ];
  return `${[...head, ...points.flatMap(pointLines), ...curve].join("\n")}\n`;
}

const TITLES = {
  budget: (name: string) => `budget of ${name} of the observation tokens`,
  preset: (name: string) => `preset ${name}`,
  published: (name: string) => `${name}, as published, and compact at its tokens`,
} as const;

function pointLines({ name, kind, methods, cuts, missed, strata, beside }: PointSummary): string[] {
  const header = [
    "",
    "kept",
    "V",
    "95 %",
    "T",
    "near V",
    "far V",
    "near T",
    "far T",
    "ours less it in V",
    "in T",
  ];
  const withOthers = methods.length > 1;
  const unmet =
    missed === 0 ? [] : [`    in ${missed} of ${cuts} cuts what is protected alone is more than that`];
  return [
    "",
    `  ${TITLES[kind](name)}`,
    ...columns([header, ...methods.map(methodRow)].map((row) => (withOthers ? row : row.slice(0, 9)))),
    ...unmet,
    ...stratumLines(strata),
    `    beside it: ${Math.round(beside.rereadTokens).toLocaleString("en")} tokens to read the missing again, ` +
      `${share(beside.artifactTrail)} of the files still named, ${share(beside.constraints)} of the users' rules still there, ` +
      `${share(beside.stale)} of what is kept no longer true`,
  ];
}

/** One line a family: small print, since a stratum has few references. */
function stratumLines(strata: readonly Stratum[]): string[] {
  return (["v", "t"] as const).flatMap((family) => {
    const own = strata.filter((one) => one.family === family);
    const parts = own.map(({ name, references, there }) => `${name} ${there} of ${references}`);
    return parts.length === 0 ? [] : [`    ${family.toUpperCase()} still there: ${parts.join(", ")}`];
  });
}

function methodRow({ method, kept, recall, lead }: MethodSummary): string[] {
  return [
    method,
    share(kept),
    share(recall.v?.mean),
    interval(recall.v, share),
    share(recall.t?.mean),
    share(recall.vNear?.mean),
    share(recall.vFar?.mean),
    share(recall.tNear?.mean),
    share(recall.tFar?.mean),
    lead?.v === undefined ? "" : `${signed(lead.v.mean)} (${interval(lead.v, signed)})`,
    lead?.t === undefined ? "" : `${signed(lead.t.mean)} (${interval(lead.t, signed)})`,
  ];
}

function interval(estimate: Estimate | undefined, print: (value: number) => string): string {
  return estimate === undefined ? "" : `${print(estimate.low)}..${print(estimate.high)}`;
}

function share(value: number | undefined): string {
  return value === undefined ? "-" : value.toFixed(3);
}

function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(3)}`;
}

function count(amount: number, unit: string): string {
  return `${amount.toLocaleString("en")} ${unit}${amount === 1 ? "" : "s"}`;
}

/** Names to the left, numbers to the right. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => {
    const cells = row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)));
    return `    ${cells.join("  ").trimEnd()}`;
  });
}
