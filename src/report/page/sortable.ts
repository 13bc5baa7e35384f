// In: a table. Out: the same, with heads that sort it. Numbers sort as numbers, largest first; empty cells come last.

export function sortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  if (body === undefined || body.rows.length < 2) return;
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const isNumber = head.classList.contains("number");
      const first = isNumber ? "descending" : "ascending";
      const second = isNumber ? "ascending" : "descending";
      const order = head.ariaSort === first ? second : first;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
      const keyed = [...body.rows].map((row) => ({ row, key: keyOf(row.cells[column], isNumber) }));
      body.append(
        ...keyed.sort((a, b) => compare(a.key, b.key, order === "ascending" ? 1 : -1)).map(({ row }) => row),
      );
    });
  });
}

type Key = string | number | undefined;

function keyOf(cell: HTMLTableCellElement | undefined, isNumber: boolean): Key {
  const text = cell?.textContent ?? "";
  if (text === "") return undefined;
  return isNumber ? Number(text.replace(/[, %]/g, "")) : text;
}

function compare(a: Key, b: Key, sign: number): number {
  if (a === undefined || b === undefined) return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  return a === b ? 0 : a < b ? -sign : sign;
}
