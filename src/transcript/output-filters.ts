// In: a command of a shell. Out: the same without what only shortens its output at the end: `npm test 2>&1 | tail -3` asks what
// `npm test` asks. Knows the ends of command lines only.

/** By the name of a filter: whether the end of the output comes through, which is where a run says how it ended. */
const FILTERS: readonly (readonly [filter: RegExp, showsEnd: boolean])[] = [
  [/\s*2>&1$/, true],
  [/\s*\|&?\s*(?:tail|tee|cat)\b[^|&;<>\n]*$/, true],
  [/\s*\|&?\s*(?:head|grep|egrep|rg|less|more)\b[^|&;<>\n]*$/, false],
];

export function withoutFilters(command: string): { readonly command: string; readonly showsEnd: boolean } {
  let rest = command.trimEnd();
  let showsEnd = true;
  for (;;) {
    const found = FILTERS.find(([filter]) => filter.test(rest));
    if (found === undefined) return { command: rest, showsEnd };
    rest = rest.replace(found[0], "");
    showsEnd &&= found[1];
  }
}
