// In: a stream and what the user wants. Out: how to set text apart on it. Colour is judged for each stream by itself.
import type { Writable } from "node:stream";
import type { Paint } from "../report/index.ts";

const asItIs = (text: string) => text;
const plain: Paint = { strong: asItIs, faint: asItIs, removed: asItIs, added: asItIs };

/** @param when `auto` unless said: colour on a terminal, and neither with NO_COLOR nor on a dumb terminal */
export async function paintFor(
  stream: (Writable & { readonly isTTY?: boolean }) | undefined,
  when = "auto",
  env: Readonly<Record<string, string | undefined>>,
): Promise<Paint> {
  const isWanted =
    when === "auto" ? stream?.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb" : when === "always";
  if (!isWanted) return plain;
  const { Chalk } = await import("chalk");
  const chalk = new Chalk({ level: 1 });
  return { strong: chalk.bold, faint: chalk.dim, removed: chalk.red, added: chalk.green };
}
