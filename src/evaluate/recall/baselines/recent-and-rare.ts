// In: the lines of a cut and tokens to spend. Out: the newest lines for seven tenths of them, and for the rest the older lines with
// the rarest tokens: the strongest simple method there is in family T.
import type { Kept } from "../kept.ts";
import { fill } from "./fill.ts";
import { newestFirst, rareFirst } from "./line-orders.ts";
import type { Material } from "./material.ts";

const RECENT = 0.7;

export function recentAndRare(material: Material, budget: number): Kept {
  const { rows } = material;
  const recent: number[] = [];
  let spent = 0;
  for (const row of newestFirst(material)) {
    spent += rows.price[row]!;
    if (spent > RECENT * budget) break;
    recent.push(row);
  }
  return fill(material, [...recent, ...rareFirst(material)], budget);
}
