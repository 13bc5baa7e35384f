// In: the observations before a cut. Out: where in them a line, a text of several lines, a token or a location stands.
import { bareLine } from "./plain-lines.ts";
import type { Readings } from "./readings.ts";
import type { Place } from "./reference.ts";
import type { Shown } from "./shown.ts";
import type { Location } from "./used-later.ts";

interface LinePlace {
  readonly shown: number;
  readonly line: number;
}

export class Places {
  private readonly shown: readonly Shown[];
  private readonly lines = new Map<string, LinePlace[]>();
  private readonly tokens = new Map<string, LinePlace[]>();
  /** Paths by their last part. */
  private readonly paths = new Map<string, Set<string>>();
  private readonly bare: string[] = [];

  constructor(shown: readonly Shown[], readings: Readings) {
    this.shown = shown;
    shown.forEach(({ lines }, index) => {
      const { plain, tokens } = readings.of(lines.join("\n"));
      lines.forEach((_, line) => {
        if (plain[line] !== undefined) add(this.lines, plain[line], { shown: index, line });
        for (const token of tokens[line]!) {
          add(this.tokens, token, { shown: index, line });
          if (token.includes(".")) this.addPath(token);
        }
      });
    });
  }

  hasLine(plain: string): boolean {
    return this.lines.has(plain);
  }

  hasToken(token: string): boolean {
    return this.tokens.has(token);
  }

  ofLine(plain: string): Place[] {
    return (this.lines.get(plain) ?? []).map(({ shown, line }) => ({ shown, anyOf: [[line]] }));
  }

  ofToken(token: string): Place[] {
    return [...byShown(this.tokens.get(token) ?? [])].map(([shown, lines]) => ({ shown, anyOf: [lines] }));
  }

  /** @param bare lines without gutters and blanks around; the first and the last may be parts of lines */
  ofText(bare: string): Place[] {
    return this.shown.flatMap((_, index): Place[] => {
      const text = this.bareOf(index);
      const at = text.indexOf(bare);
      if (at === -1) return [];
      const first = countFeeds(text, at);
      const lines = Array.from({ length: countFeeds(bare, bare.length) + 1 }, (_, i) => [first + i]);
      return [{ shown: index, anyOf: lines }];
    });
  }

  /** Where one observation has both the path and the number. */
  ofLocation({ path, line }: Location): Place[] {
    const names = [...(this.paths.get(lastPart(path)) ?? [])].filter((name) => isSamePath(name, path));
    const number = new RegExp(`(?<![\\w.])${line}(?![\\w.])`);
    return [...byShown(names.flatMap((name) => this.tokens.get(name) ?? []))].flatMap(
      ([shown, named]): Place[] => {
        const numbered = this.shown[shown]!.lines.flatMap((text, i) => (number.test(text) ? [i] : []));
        return numbered.length === 0 ? [] : [{ shown, anyOf: [named, numbered] }];
      },
    );
  }

  private addPath(token: string): void {
    const name = lastPart(token);
    const known = this.paths.get(name);
    if (known === undefined) this.paths.set(name, new Set([token]));
    else known.add(token);
  }

  private bareOf(index: number): string {
    this.bare[index] ??= this.shown[index]!.lines.map(bareLine).join("\n");
    return this.bare[index];
  }
}

function add<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function byShown(places: readonly LinePlace[]): Map<number, number[]> {
  const lines = new Map<number, number[]>();
  for (const { shown, line } of places) {
    const list = lines.get(shown);
    if (list === undefined) lines.set(shown, [line]);
    else list.push(line);
  }
  return lines;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A relative and an absolute path may name one file. */
function isSamePath(a: string, b: string): boolean {
  return a === b || a.endsWith(`/${b.replace(/^\.\//, "")}`) || b.endsWith(`/${a}`);
}

function countFeeds(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
