// In: the text of a JSON file, with comments or without, and a place in it. Out: the text with one child more, or one less. Nothing
// but that child and its comma changes, so that what was put in can be taken out again.
import { createScanner, type Node, type SyntaxKind } from "jsonc-parser/lib/esm/main.js";

/** The library has it as a constant of its types alone. */
const COMMA: SyntaxKind.CommaToken = 5;

/**
 * Puts a child behind the last one of an object or a list.
 *
 * @param child as JSON, indented by two blanks; a property with its name
 */
export function withChild(text: string, container: Node, child: string): string {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const base = indentAt(text, container.offset);
  const step = stepOf(text);
  const lines = child.split("\n").map((line) => {
    const depth = /^ */.exec(line)?.[0].length ?? 0;
    return `${base}${step.repeat(1 + depth / 2)}${line.slice(depth)}`;
  });
  const close = container.offset + container.length - 1;
  const inside = text.slice(0, close).trimEnd().length;
  const isOneLine = !text.slice(inside, close).includes("\n");
  const tail = isOneLine ? `${eol}${base}` : text.slice(inside, close);
  const last = container.children?.at(-1);
  const end = last === undefined ? inside : last.offset + last.length;
  const comma = last === undefined || commaBehind(text, end) !== undefined ? "" : ",";
  return [
    text.slice(0, end),
    comma,
    text.slice(end, inside),
    eol,
    lines.join(eol),
    tail,
    text.slice(close),
  ].join("");
}

/** Takes a child out, with the blanks before it and the comma that it no longer needs. */
export function withoutChild(text: string, container: Node, child: Node): string {
  const children = container.children ?? [];
  const end = child.offset + child.length;
  const start = text.slice(0, child.offset).trimEnd().length;
  const behind = commaBehind(text, end);
  if (behind !== undefined) return text.slice(0, start) + text.slice(end, behind) + text.slice(behind + 1);
  const previous = children[children.indexOf(child) - 1];
  if (previous === undefined) return collapsed(text.slice(0, start), text.slice(end), container.offset + 1);
  const comma = commaBehind(text, previous.offset + previous.length) ?? start;
  return text.slice(0, comma) + text.slice(comma + 1, start) + text.slice(end);
}

/** Between the brackets of what is empty now, only comments are worth a line. */
function collapsed(before: string, after: string, open: number): string {
  return before.length === open ? before + after.trimStart() : before + after;
}

function commaBehind(text: string, end: number): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(end);
  return scanner.scan() === COMMA ? scanner.getTokenOffset() : undefined;
}

function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}

/** As the file is written: its first indented line tells. */
function stepOf(text: string): string {
  return /^([ \t]+)["/[{]/m.exec(text)?.[1] ?? "  ";
}
