// In: drawn curves and the tables to them. Out: a picture as SVG, or a page in HTML that needs nothing else.
import { escapeHtml } from "../escape/html-text.ts";

export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

/** Panels in rows of so many. */
export function svgOf(panels: readonly string[], { width, height }: PanelSize, columns: number): string {
  const all = { width: columns * width, height: Math.max(1, Math.ceil(panels.length / columns)) * height };
  const placed = panels.map(
    (panel, i) =>
      `<g transform="translate(${(i % columns) * width} ${Math.floor(i / columns) * height})">${panel}</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${all.width}" height="${all.height}" viewBox="0 0 ${all.width} ${all.height}" font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="#ffffff"/>
${placed.join("\n")}
</svg>
`;
}

/** @param text tables, as they are printed */
export function pageOf(heading: string, svg: string, text: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>compact evaluate</title>
<style>body { font: 14px sans-serif; margin: 2em } pre { font-size: 12px; overflow-x: auto } svg { max-width: 100%; height: auto }</style>
<h1>${escapeHtml(heading)}</h1>
${svg}
<pre>${text.split("\n").map(escapeHtml).join("\n")}</pre>
</html>
`;
}
