// In: nothing. Out: the flags that only `init` and `hook` have.
import type { Flag } from "../flags.ts";
import { watchFlags } from "./watch-flags.ts";

/** Those of `watch` that hooks hand on to it. */
const ABOUT_CUTS: readonly Flag[] = watchFlags.filter(({ long }) => ["target", "min-savings"].includes(long));

export const initFlags: readonly Flag[] = [
  { long: "write", section: "Output", description: "put it there, after a backup of each file that changes" },
  { long: "remove", section: "Output", description: "take out what --write put there, and nothing else" },
  {
    long: "scope",
    value: "NAME",
    section: "Output",
    description: "project (default: for all who work in this directory) or user (all your projects)",
  },
  ...ABOUT_CUTS,
];

export const hookFlags: readonly Flag[] = [
  {
    long: "now",
    section: "When",
    description: "do the work here instead of in the background, and say what was done: to try it",
  },
  ...ABOUT_CUTS,
];
