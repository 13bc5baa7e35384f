// In: a result. Out: the curves of recall over what is kept, as an SVG picture or an HTML page that needs nothing else. One picture a
// family: the two are never on one axis.
import { escapeHtml } from "../../escape/html-text.ts";
import { pageOf, svgOf } from "../drawing.ts";
import { ORACLE } from "./baselines/index.ts";
import { OURS } from "./measure.ts";
import type { Group, Result } from "./summary.ts";
import { renderText } from "./text.ts";

const WIDTH = 420;
const HEIGHT = 300;
const LEFT = 44;
const RIGHT = 150;
const TOP = 34;
const BOTTOM = 40;
const PANEL = { width: LEFT + WIDTH + RIGHT, height: TOP + HEIGHT + BOTTOM };

const FAMILIES = [
  ["v", "V: verbatim lines, edit anchors, quotes"],
  ["t", "T: paths, identifiers, numbers and the like"],
] as const;

/** Told apart by hue and by the name at the end of each line. */
const COLOURS = ["#777777", "#b3691f", "#2a7f62", "#8a4fa3", "#a33b3b", "#5b6f9e", "#8f8f2a", "#3f8fa8"];

export function renderSvg({ groups }: Result): string {
  const panels = groups.flatMap((group) => FAMILIES.map(([family, title]) => panel(group, family, title)));
  return svgOf(panels, PANEL, FAMILIES.length);
}

export function renderHtml(result: Result): string {
  return pageOf("What is still there of what agents used later", renderSvg(result), renderText(result));
}

function panel(group: Group, family: "v" | "t", title: string): string {
  const curves = curvesOf(group, family);
  const most = Math.max(0.1, ...curves.flatMap(({ points }) => points.map(({ kept }) => kept)));
  const x = (kept: number) => (LEFT + (kept / most) * WIDTH).toFixed(1);
  const y = (recall: number) => (TOP + (1 - recall) * HEIGHT).toFixed(1);
  const rules = [0, 0.25, 0.5, 0.75, 1].map(
    (value) =>
      `<path d="M${LEFT} ${y(value)}h${WIDTH}" stroke="#dddddd"/><text x="${LEFT - 6}" y="${y(value)}" text-anchor="end" dy="4">${value}</text>` +
      `<text x="${x(value * most)}" y="${TOP + HEIGHT + 16}" text-anchor="middle">${Math.round(100 * value * most)} %</text>`,
  );
  const lines = curves.map(({ method, points }, i) => {
    const colour = method === OURS ? "#0b5fd0" : (COLOURS[i % COLOURS.length] ?? "#777777");
    const path = points
      .map(({ kept, recall }, at) => `${at === 0 ? "M" : "L"}${x(kept)} ${y(recall)}`)
      .join("");
    const dash = method === ORACLE ? ' stroke-dasharray="4 3"' : "";
    const dots = points.map(
      ({ kept, recall }) => `<circle cx="${x(kept)}" cy="${y(recall)}" r="2.5" fill="${colour}"/>`,
    );
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${method === OURS ? 2.5 : 1.2}"${dash}/>${dots.join("")}`;
  });
  return [
    `<text x="${LEFT}" y="16" font-size="13">${escapeHtml(group.name)}, ${group.cuts} cuts. ${title}</text>`,
    ...rules,
    ...lines,
    ...names(curves, (recall) => Number(y(recall))),
    `<text x="${LEFT + WIDTH / 2}" y="${TOP + HEIGHT + 34}" text-anchor="middle">kept of the observation tokens, markers included</text>`,
  ].join("\n");
}

interface Curve {
  readonly method: string;
  readonly points: readonly { readonly kept: number; readonly recall: number }[];
}

function curvesOf({ points }: Group, family: "v" | "t"): Curve[] {
  const budgets = points.filter(({ kind }) => kind === "budget");
  const methods = [...new Set(budgets.flatMap(({ methods }) => methods.map(({ method }) => method)))];
  return methods.map((method) => ({
    method,
    points: budgets
      .flatMap(({ methods }) => methods.filter((candidate) => candidate.method === method))
      .flatMap(({ kept, recall }) =>
        recall[family] === undefined ? [] : [{ kept, recall: recall[family].mean }],
      )
      .sort((a, b) => a.kept - b.kept),
  }));
}

/** At the right end of each line, pushed apart where lines meet. */
function names(curves: readonly Curve[], y: (recall: number) => number): string[] {
  let free = TOP;
  return curves
    .map(({ method, points }, i) => ({ method, i, at: y(points.at(-1)?.recall ?? 0) }))
    .sort((a, b) => a.at - b.at)
    .map(({ method, i, at }) => {
      free = Math.max(free + 12, at);
      const colour = method === OURS ? "#0b5fd0" : (COLOURS[i % COLOURS.length] ?? "#777777");
      return `<text x="${LEFT + WIDTH + 8}" y="${free.toFixed(1)}" dy="4" fill="${colour}">${escapeHtml(method)}</text>`;
    });
}
