// In: a result. Out: the context of each request under each policy, as an SVG picture or an HTML page that needs nothing else. One
// picture a session.
import { escapeHtml } from "../../escape/html-text.ts";
import { pageOf, svgOf } from "../drawing.ts";
import type { PolicyResult, SessionResult } from "./measure.ts";
import { OURS } from "./policies/compact-when-due.ts";
import { renderText } from "./text.ts";
import type { ReplayResult } from "./total.ts";

const WIDTH = 640;
const HEIGHT = 260;
const LEFT = 56;
const RIGHT = 190;
const TOP = 34;
const BOTTOM = 40;
const PANEL = { width: LEFT + WIDTH + RIGHT, height: TOP + HEIGHT + BOTTOM };
const ROW = 16;

const COLOURS = {
  ours: ["#0b5fd0", "#0a8f5a", "#7a3fc4", "#c2185b"],
  others: ["#777777", "#b3691f", "#a33b3b", "#8f8f2a", "#3f8fa8"],
};

export function renderSvg({ sessions, window }: ReplayResult): string {
  return svgOf(
    sessions.map((session) => panel(session, window)),
    PANEL,
    1,
  );
}

export function renderHtml(result: ReplayResult): string {
  return pageOf("Context of each request, by policy", renderSvg(result), renderText(result));
}

function panel({ path, requests, policies }: SessionResult, window: number): string {
  const most = Math.max(window, ...policies.map(({ peak }) => peak));
  const x = (request: number) => (LEFT + (request / Math.max(1, requests - 1)) * WIDTH).toFixed(1);
  const y = (tokens: number) => (TOP + (1 - tokens / most) * HEIGHT).toFixed(1);
  const rules = [0, 0.25, 0.5, 0.75, 1].map(
    (part) =>
      `<path d="M${LEFT} ${y(part * most)}h${WIDTH}" stroke="#dddddd"/><text x="${LEFT - 6}" y="${y(part * most)}" text-anchor="end" dy="4">${Math.round((part * most) / 1000)}k</text>`,
  );
  const lines = policies.map((one, i) => {
    const path = one.context.map((tokens, at) => `${at === 0 ? "M" : "L"}${x(at)} ${y(tokens)}`).join("");
    const colour = colourOf(one, policies);
    const legend = TOP + 10 + i * ROW;
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${one.source === OURS ? 2 : 1.2}"/><path d="M${LEFT + WIDTH + 12} ${legend}h16" stroke="${colour}" stroke-width="3"/><text x="${LEFT + WIDTH + 34}" y="${legend}" dy="4">${escapeHtml(one.policy)}</text>`;
  });
  return [
    `<text x="${LEFT}" y="16" font-size="13">${escapeHtml(path)}</text>`,
    ...rules,
    `<path d="M${LEFT} ${y(window)}h${WIDTH}" stroke="#a33b3b" stroke-dasharray="4 3"/>`,
    ...lines,
    `<text x="${LEFT + WIDTH / 2}" y="${TOP + HEIGHT + 20}" text-anchor="middle">${requests} requests; context tokens of each; the window is dashed</text>`,
  ].join("\n");
}

function colourOf(policy: PolicyResult, policies: readonly PolicyResult[]): string {
  const isOurs = ({ source }: PolicyResult) => source === OURS;
  const colours = isOurs(policy) ? COLOURS.ours : COLOURS.others;
  const like = policies.filter((other) => isOurs(other) === isOurs(policy));
  return colours[like.indexOf(policy) % colours.length] ?? "#777777";
}
