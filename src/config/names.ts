// In: a name as typed, and the names there are. Out: what it names, or an error that says what was expected and what may have
// been meant.
import leven from "leven";
import { SettingsError } from "./settings-error.ts";

/** @throws SettingsError when nothing has that name */
export function find<T extends { readonly name: string }>(
  what: string,
  known: readonly T[],
  name: string,
): T {
  const found = known.find((item) => item.name === name);
  if (found !== undefined) return found;
  const names = known.map((item) => item.name);
  throw new SettingsError(`unknown ${what} \`${name}\`, expected one of ${names.join(", ")}`, {
    hint: didYouMean(name, names),
  });
}

export function didYouMean(name: string, known: readonly string[]): string | undefined {
  const near = nearest(name, known);
  return near === undefined ? undefined : `did you mean \`${near}\`?`;
}

/** The known name that is likely meant: no more than a third of its letters may differ. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const distances = known.map((other) => ({ other, distance: leven(name, other) }));
  const near = distances.filter(({ other, distance }) => distance <= Math.ceil(other.length / 3));
  return near.sort((a, b) => a.distance - b.distance)[0]?.other;
}
