// In: an id. Out: the element that the page has under it.

/** @throws Error when the page and its script do not fit together */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element ${id}`);
  return found;
}
