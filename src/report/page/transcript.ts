// In: a transcript. Out: its view: rows that are drawn when they are looked at, folds, search, keys.
import { printable } from "../../escape/printable.ts";
import { element } from "./element.ts";
import { type Folding, keyOf, type Row, rowsOf, type SessionData } from "./rows.ts";

/** In pixels; the style says the same. */
const ROW = 20;
/** Rows that are drawn above and below what is seen. */
const MARGIN = 20;
/** Browsers lay out no element that is higher than some 17 to 33 million pixels. */
const HIGHEST = 8_000_000;
/** Of the line number. */
const GUTTER = 9;

export function showTranscript(data: SessionData): void {
  new TranscriptView(data);
}

interface Match {
  readonly block: number;
  readonly line: number;
}

class TranscriptView {
  private readonly data: SessionData;
  private readonly view = element("view");
  private readonly spacer = element("spacer");
  private readonly here = element("here");
  private readonly query = element("query") as HTMLInputElement;
  private readonly found = element("found");
  private readonly closed = new Set<number>();
  private readonly open = new Set<string>();
  private isAllOpen = false;
  private columns = 100;
  private rows: readonly Row[] = [];
  private matches: readonly Match[] = [];
  private match = -1;
  /** The row that keys go on from. */
  private cursor = 0;
  private drawn = { first: -1, last: -1 };

  constructor(data: SessionData) {
    this.data = data;
    this.measure();
    this.layOut();
    this.view.addEventListener("scroll", () => this.draw());
    this.view.addEventListener("click", (event) => this.click(event));
    document.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.resize()).observe(this.view);
    this.query.addEventListener("input", () => this.search());
    this.query.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.step(1);
    });
    element("previous").addEventListener("click", () => this.step(-1));
    const unfold = element("unfold");
    unfold.addEventListener("click", () => {
      this.isAllOpen = !this.isAllOpen;
      this.open.clear();
      unfold.ariaPressed = String(this.isAllOpen);
      this.layOut();
    });
  }

  private measure(): void {
    const probe = document.createElement("span");
    probe.className = "probe";
    probe.textContent = "x".repeat(100);
    this.view.append(probe);
    const letter = probe.getBoundingClientRect().width / 100;
    probe.remove();
    this.columns = Math.max(20, Math.floor(this.view.clientWidth / letter) - GUTTER - 3);
  }

  private resize(): void {
    const before = this.columns;
    this.measure();
    if (before !== this.columns) this.layOut();
    else this.draw(true);
  }

  private layOut(): void {
    const folding: Folding = { closed: this.closed, open: this.open, isAllOpen: this.isAllOpen };
    this.rows = rowsOf(this.data, folding, this.columns);
    this.spacer.style.height = `${Math.min(HIGHEST, this.rows.length * ROW)}px`;
    this.draw(true);
  }

  /** A transcript higher than any element can be is scrolled in larger steps. */
  private get scale(): number {
    const seen = this.view.clientHeight;
    const whole = this.rows.length * ROW;
    return whole <= HIGHEST ? 1 : (whole - seen) / (HIGHEST - seen);
  }

  private draw(isForced = false): void {
    const top = this.view.scrollTop * this.scale;
    this.sayWhere(Math.floor(top / ROW));
    const first = Math.max(0, Math.floor(top / ROW) - MARGIN);
    const last = Math.min(this.rows.length, Math.ceil((top + this.view.clientHeight) / ROW) + MARGIN);
    const isShifted = this.scale !== 1;
    if (!isForced && !isShifted && first === this.drawn.first && last === this.drawn.last) return;
    this.drawn = { first, last };
    const active = document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset.row;
    const shift = this.view.scrollTop - top;
    const nodes = this.rows.slice(first, last).map((row, i) => {
      const node = this.node(row, first + i);
      node.style.transform = `translateY(${(first + i) * ROW + shift}px)`;
      return node;
    });
    this.spacer.replaceChildren(...nodes);
    if (active !== undefined)
      this.spacer.querySelector<HTMLElement>(`[data-row="${active}"] button`)?.focus({ preventScroll: true });
  }

  /** Lines of a long entry say nothing of what they are: its head stays in sight. */
  private sayWhere(seen: number): void {
    const row = this.rows[seen];
    const isHead = row === undefined || row.type === "block";
    this.here.hidden = isHead;
    if (isHead || this.here.dataset.block === String(row.block)) return;
    this.here.dataset.block = String(row.block);
    const node = document.createElement("div");
    node.className = "row block";
    this.fillBlock(node, { type: "block", block: row.block });
    for (const button of node.querySelectorAll("button")) button.disabled = true;
    this.here.replaceChildren(node);
  }

  private node(row: Row, index: number): HTMLElement {
    const node = document.createElement("div");
    node.className = `row ${row.type}`;
    node.dataset.row = String(index);
    node.role = "listitem";
    node.ariaSetSize = String(this.rows.length);
    node.ariaPosInSet = String(index + 1);
    if (row.type === "block") this.fillBlock(node, row);
    else if (row.type === "removed") this.fillRemoved(node, row);
    else this.fillLine(node, row);
    return node;
  }

  private fillBlock(node: HTMLElement, { block }: Extract<Row, { type: "block" }>): void {
    const entry = this.data.blocks[block]!;
    const { kind, label, outcome, tokensBefore, tokensAfter, line } = entry;
    node.classList.add(`kind-${kind}`);
    const size =
      tokensBefore === tokensAfter
        ? `${count(tokensBefore)} ${tokensBefore === 1 ? "token" : "tokens"}`
        : `${count(tokensBefore)} → ${count(tokensAfter)} tokens`;
    const button = foldButton(!this.closed.has(block));
    button.append(part("kind", kind), part("label", printable(label)));
    if (outcome !== "" && outcome !== "ok") button.append(part("outcome", outcome));
    node.append(part("gutter", String(line)), button, part("size", size));
  }

  private fillRemoved(node: HTMLElement, { removed, isOpen }: Extract<Row, { type: "removed" }>): void {
    const { stage, reason } = this.data.causes[removed.cause] ?? { stage: "", reason: "" };
    const lines = removed.end - removed.start;
    const what = removed.isPart
      ? "the middle of a long line"
      : `${count(lines)} ${lines === 1 ? "line" : "lines"}`;
    const button = foldButton(isOpen || removed.isPart);
    button.append(part("what", `${what} removed`), part("cause", `${stage}: ${printable(reason)}`));
    node.append(part("gutter", ""), button);
  }

  private fillLine(
    node: HTMLElement,
    { block, number, start, end, isRemoved }: Extract<Row, { type: "line" }>,
  ): void {
    const { text } = this.data.blocks[block]!;
    const isFirst = start === 0 || text[start - 1] === "\n";
    const content = document.createElement(isRemoved ? "del" : "span");
    content.className = "text";
    content.append(...this.marked(text, start, end));
    node.append(part("gutter", isFirst ? String(number + 1) : ""), content);
    const { block: at, line } = this.matches[this.match] ?? {};
    if (at === block && line === number) node.classList.add("current");
  }

  /** What is searched for stands out, also where it began in the row above or goes on in the one below. */
  private marked(text: string, start: number, end: number): (string | Node)[] {
    const wanted = this.query.value.toLowerCase();
    const shown = visible(text.slice(start, end));
    const above = visible(text.slice(Math.max(0, start - wanted.length), start).replace(/.*\n/s, ""));
    const below = visible(text.slice(end, end + wanted.length).replace(/\n.*/s, ""));
    const lower = `${above}${shown}${below}`.toLowerCase();
    if (wanted === "" || lower.length !== above.length + shown.length + below.length) return [shown];
    const parts: (string | Node)[] = [];
    let from = 0;
    for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, at + wanted.length)) {
      const first = Math.max(from, at - above.length);
      const last = Math.min(shown.length, at + wanted.length - above.length);
      if (last <= first) continue;
      const mark = document.createElement("mark");
      mark.textContent = shown.slice(first, last);
      parts.push(shown.slice(from, first), mark);
      from = last;
    }
    return [...parts, shown.slice(from)];
  }

  private click(event: Event): void {
    const target = event.target as Element;
    const index = target.closest<HTMLElement>("[data-row]")?.dataset.row;
    if (index === undefined) return;
    this.cursor = Number(index);
    if (target.closest("button") !== null) this.fold(this.rows[this.cursor]);
  }

  private fold(row: Row | undefined): void {
    if (row?.type === "block") toggle(this.closed, row.block);
    else if (row?.type === "removed") toggle(this.open, keyOf(row.block, row.removed));
    this.layOut();
  }

  private key(event: KeyboardEvent): void {
    const isTyping = event.target instanceof HTMLInputElement;
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
    const move = MOVES[event.key];
    if (event.key === "/") {
      event.preventDefault();
      this.query.focus();
    } else if (move !== undefined && this.view.contains(document.activeElement)) {
      event.preventDefault();
      this.move(move.type, move.by);
    }
  }

  private move(type: Row["type"], by: number): void {
    for (let i = this.cursor + by; i >= 0 && i < this.rows.length; i += by) {
      if (this.rows[i]?.type !== type) continue;
      this.goTo(i);
      this.spacer.querySelector<HTMLElement>(`[data-row="${i}"] button`)?.focus({ preventScroll: true });
      return;
    }
  }

  private goTo(index: number): void {
    this.cursor = index;
    const above = Math.floor(this.view.clientHeight / ROW / 3);
    this.view.scrollTop = (Math.max(0, index - above) * ROW) / this.scale;
    this.draw(true);
  }

  private search(): void {
    const wanted = this.query.value.toLowerCase();
    const matches: Match[] = [];
    if (wanted !== "") {
      this.data.blocks.forEach(({ text }, block) => {
        text.split("\n").forEach((content, line) => {
          if (visible(content).toLowerCase().includes(wanted)) matches.push({ block, line });
        });
      });
    }
    this.matches = matches;
    this.match = -1;
    this.found.textContent = wanted === "" ? "" : `${count(matches.length)} lines`;
    if (matches.length > 0) this.step(1);
    else this.draw(true);
  }

  private step(by: number): void {
    const { length } = this.matches;
    if (length === 0) return;
    this.match = (this.match + by + length) % length;
    const { block, line } = this.matches[this.match]!;
    this.found.textContent = `${count(this.match + 1)} of ${count(length)} lines`;
    this.closed.delete(block);
    const around = this.data.blocks[block]?.removed.find(({ start, end }) => start <= line && line < end);
    if (around !== undefined) {
      if (this.isAllOpen) this.open.delete(keyOf(block, around));
      else this.open.add(keyOf(block, around));
    }
    this.layOut();
    this.goTo(
      this.rows.findIndex((row) => row.type === "line" && row.block === block && row.number === line),
    );
  }
}

const MOVES: Readonly<Record<string, { readonly type: Row["type"]; readonly by: number } | undefined>> = {
  j: { type: "block", by: 1 },
  k: { type: "block", by: -1 },
  n: { type: "removed", by: 1 },
  p: { type: "removed", by: -1 },
};

function toggle<Item>(set: Set<Item>, item: Item): void {
  if (!set.delete(item)) set.add(item);
}

function foldButton(isOpen: boolean): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.ariaExpanded = String(isOpen);
  return button;
}

function part(name: string, text: string): HTMLElement {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}

/** A tab is as wide as four blanks; what no font shows is spelled out. */
function visible(text: string): string {
  return printable(text.replaceAll("\t", "    ").replace(/\r$/, ""));
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
