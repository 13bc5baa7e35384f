// In: a name that may be too long. Out: one that is as wide as a terminal has room for, measured in columns: letters of Chinese,
// Japanese and Korean and most pictures take two.
import stringWidth from "string-width";

const ELLIPSIS = "...";
const letters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** @param at where letters go; both ends of a path say most */
export function shortened(name: string, columns: number, at: "middle" | "end" = "middle"): string {
  if (stringWidth(name) <= columns) return name;
  const room = columns - ELLIPSIS.length;
  const list = Array.from(letters.segment(name), ({ segment }) => segment);
  const head = fitting(list, at === "end" ? room : Math.ceil(room / 2));
  const tail = fitting(list.toReversed(), room - stringWidth(head.join("")));
  return [...head, ELLIPSIS, ...(at === "end" ? [] : tail.toReversed())].join("");
}

function fitting(list: readonly string[], columns: number): string[] {
  let left = columns;
  const end = list.findIndex((letter) => {
    left -= stringWidth(letter);
    return left < 0;
  });
  return list.slice(0, end);
}
