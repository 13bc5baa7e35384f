// In: numbers of a report. Out: charts as SVG: stacked areas of the context as it grew, and a treemap of what fills it. Colours
// are classes, so that the page sets them for light and dark. What a chart shows stands in a table of the page, too.
import { type HierarchyRectangularNode, hierarchy, treemap } from "d3-hierarchy";
import { area, stack, stackOrderNone } from "d3-shape";
import { escapeHtml } from "../escape/html-text.ts";
import { amount, share } from "./amounts.ts";
import { byKindOrder } from "./context-kind.ts";
import type { Growth } from "./report.ts";

/** In units of the drawing. */
const WIDTH = 620;
const HEIGHT = 260;
const LEFT = 54;
const BOTTOM = 28;
const TOP = 14;
const RIGHT = 12;

/** Where the steps of a growth chart stand, for those who point at it. */
export const GROWTH_FRAME = { left: LEFT, right: WIDTH - RIGHT, width: WIDTH, height: HEIGHT - BOTTOM };

/** A line that is much higher than the areas would press them flat: then it is told, not drawn. */
const HIGHEST_LINE = 1.8;

export interface GrowthChart {
  readonly title: string;
  readonly steps: readonly number[];
  readonly tokens: Readonly<Record<string, readonly number[]>>;
  /** Of the axis: the same for charts that stand side by side. */
  readonly highest: number;
  /** Tokens from which on a transcript is compacted. */
  readonly trigger: number | undefined;
}

export function highestOf({ before }: Pick<Growth, "before">, trigger: number | undefined): number {
  const lists = Object.values(before);
  const sums = (lists[0] ?? [0]).map((_, i) => lists.reduce((sum, list) => sum + (list[i] ?? 0), 0));
  const highest = Math.max(1, ...sums);
  return trigger !== undefined && trigger <= HIGHEST_LINE * highest ? Math.max(highest, trigger) : highest;
}

/** Every step has the same width, so that checkpoints of any spacing can be read. */
export function growthChart({ title, steps, tokens, highest, trigger }: GrowthChart): string {
  const kinds = Object.keys(tokens).sort(byKindOrder).reverse();
  const rows = steps.map((_, i) => Object.fromEntries(kinds.map((kind) => [kind, tokens[kind]?.[i] ?? 0])));
  const scale = niceScale(highest);
  const x = (i: number) => LEFT + (i * (WIDTH - LEFT - RIGHT)) / Math.max(1, steps.length - 1);
  const y = (value: number) => HEIGHT - BOTTOM - (value * (HEIGHT - BOTTOM - TOP)) / scale.highest;
  const shape = area<[number, number]>()
    .x((_, i) => round(x(i)))
    .y0(([low]) => round(y(low)))
    .y1(([, high]) => round(y(high)));
  const layers = stack<Record<string, number>>().keys(kinds).order(stackOrderNone)(rows);
  const last = Object.fromEntries(kinds.map((kind) => [kind, tokens[kind]?.at(-1) ?? 0]));
  const sum = Object.values(last).reduce((total, value) => total + value, 0);
  const description = [...kinds]
    .reverse()
    .map((kind) => `${kind} ${amount(last[kind] ?? 0)}`)
    .join(", ");
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(`${title}: ${amount(sum)} tokens at the end: ${description}`)}">`,
    ...scale.ticks.map(
      (tick) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(tick))}" y2="${round(y(tick))}"/><text class="tick" x="${LEFT - 8}" y="${round(y(tick) + 4)}" text-anchor="end">${short(tick)}</text>`,
    ),
    ...layers.map(
      (layer) =>
        `<path class="fill-${escapeHtml(layer.key)}" d="${shape(layer as unknown as [number, number][]) ?? ""}"><title>${escapeHtml(`${layer.key}: ${amount(last[layer.key] ?? 0)} tokens at the end`)}</title></path>`,
    ),
    ...tickPlaces(steps.length).map(
      (i) =>
        `<text class="tick" x="${round(x(i))}" y="${HEIGHT - 8}" text-anchor="${i === 0 ? "start" : i === steps.length - 1 ? "end" : "middle"}">${i === 0 ? "step " : ""}${amount(steps[i] ?? 0)}</text>`,
    ),
    trigger !== undefined && trigger <= scale.highest
      ? `<line class="trigger" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(trigger))}" y2="${round(y(trigger))}"/><text class="tick strong" x="${LEFT + 6}" y="${round(y(trigger) - 6)}">trigger ${short(trigger)}</text>`
      : "",
    "</svg>",
  ].join("");
}

export interface Tile {
  readonly group: string;
  /** Empty where a group is not divided. */
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

const MAP_WIDTH = 1260;
const MAP_HEIGHT = 380;
/** Room for the name of a group. */
const MAP_HEAD = 20;
/** Of a letter, as the page sets it. */
const LETTER = 6.6;
/** One word with a slash in it. */
const PATH = /^[^\s{]*\/\S*$/;

interface Node {
  readonly name: string;
  readonly tile?: Tile;
  readonly children?: readonly Node[];
}

/** The area of a tile is what it takes of the context; what is left of it after the run is filled. */
export function treemapChart(tiles: readonly Tile[]): string {
  const groups = new Map<string, Tile[]>();
  for (const tile of tiles) groups.set(tile.group, [...(groups.get(tile.group) ?? []), tile]);
  const isDivided = tiles.some(({ name }) => name !== "");
  const root = hierarchy<Node>({
    name: "",
    children: [...groups].map(([name, own]) => ({
      name,
      children: own.map((tile) => ({ name: tile.name, tile })),
    })),
  })
    .sum(({ tile }) => tile?.before ?? 0)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const placed = treemap<Node>()
    .size([MAP_WIDTH, MAP_HEIGHT])
    .paddingInner(2)
    .paddingTop(({ depth }) => (depth === 1 && isDivided ? MAP_HEAD : 0))
    .round(true)(root);
  const whole = placed.value ?? 0;
  const names = (placed.children ?? []).map((node) => `${node.data.name} ${share(node.value ?? 0, whole)}`);
  return [
    `<svg viewBox="0 0 ${MAP_WIDTH} ${MAP_HEIGHT}" role="img" aria-label="${escapeHtml(`Observations by tool: ${names.join(", ")}`)}">`,
    ...(isDivided ? (placed.children ?? []).map(groupName) : []),
    ...placed.leaves().map((leaf) => tileShape(leaf, whole)),
    "</svg>",
  ].join("");
}

function groupName({ x0, x1, y0, value, data }: HierarchyRectangularNode<Node>): string {
  const text = fitted(`${data.name} ${amount(value ?? 0)}`, x1 - x0);
  return text === "" ? "" : `<text class="group" x="${x0 + 2}" y="${y0 + 14}">${escapeHtml(text)}</text>`;
}

function tileShape({ x0, x1, y0, y1, data }: HierarchyRectangularNode<Node>, whole: number): string {
  const { tile } = data;
  if (tile === undefined || x1 <= x0 || y1 <= y0) return "";
  const { group, name, before, after } = tile;
  const left = (y1 - y0) * Math.min(1, before === 0 ? 0 : after / before);
  const label = name === "" ? group : name;
  const text = y1 - y0 < 16 ? "" : fitted(label, x1 - x0 - 8);
  const title = `${name === "" ? group : `${group} ${name}`}: ${amount(before)} tokens (${share(before, whole)}), ${amount(after)} after`;
  return [
    `<g><title>${escapeHtml(title)}</title>`,
    `<rect class="gone" x="${x0}" y="${y0}" width="${x1 - x0}" height="${y1 - y0}"/>`,
    `<rect class="left" x="${x0}" y="${round(y1 - left)}" width="${x1 - x0}" height="${round(left)}"/>`,
    text === "" ? "" : `<text class="tile" x="${x0 + 5}" y="${y0 + 14}">${escapeHtml(text)}</text>`,
    "</g>",
  ].join("");
}

/** As much of a text as fits, of a path its end; nothing where that would say nothing. */
function fitted(text: string, room: number): string {
  const letters = Math.floor(room / LETTER);
  if (text.length <= letters) return text;
  if (letters < 5) return "";
  return PATH.test(text) ? `…${text.slice(1 - letters)}` : `${text.slice(0, letters - 1)}…`;
}

/** Four or five round numbers. */
function niceScale(highest: number): { readonly highest: number; readonly ticks: readonly number[] } {
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  const ticks = Array.from({ length: Math.floor(highest / step) + 1 }, (_, i) => i * step);
  return { highest: Math.max(highest, ticks.at(-1) ?? 0), ticks };
}

function tickPlaces(steps: number): number[] {
  const shown = Math.min(steps, 7);
  const places = Array.from({ length: shown }, (_, i) =>
    Math.round((i * (steps - 1)) / Math.max(1, shown - 1)),
  );
  return [...new Set(places)];
}

function short(value: number): string {
  if (value >= 1e6) return `${round(value / 1e6)}m`;
  return value >= 1000 ? `${round(value / 1000)}k` : String(round(value));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
