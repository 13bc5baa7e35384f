// In: the lines of a cut and the future. Out: the lines that a selection would keep that knows what will be asked: the ceiling.
import type { Kept } from "../kept.ts";
import { fill } from "./fill.ts";
import type { Material } from "./material.ts";

/** Greedy: the references that cost least for what they weigh come first. */
export function oracle(material: Material, budget: number): Kept {
  const { rows, references, gapTokens } = material;
  const wanted = references.map(({ family, places }) => {
    const ways = places.map(({ shown, anyOf }) => {
      const needed = anyOf.map((group) => rows.starts[shown]! + group[0]!);
      return { needed, cost: needed.reduce((sum, row) => sum + rows.price[row]! + gapTokens, 0) };
    });
    const cheapest = ways.reduce((best, way) => (way.cost < best.cost ? way : best));
    return { ...cheapest, family };
  });
  wanted.sort((a, b) => a.cost - b.cost);
  return fill(
    material,
    wanted.flatMap(({ needed }) => needed),
    budget,
  );
}
